package dev.lanewise.layer;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/**
 * A dense layer over the flattened (H, W, C) values of each image. It is a convolution whose window
 * is the whole map.
 */
public final class Dense extends Layer {
  private final Shape in;
  private final int units;
  private final ParameterStore store;
  private final PackedMatrix layout;
  private final Parameter kernel;
  private final Parameter bias;

  Dense(String name, Shape in, int units, ParameterStore store) {
    super(name);
    this.in = in;
    this.units = units;
    this.store = store;
    this.layout = ConvKernel.layout(window(), Groups.of(1, in.c(), units));
    this.kernel =
        store.trainable(name, "kernel", new int[] {in.h() * in.w() * in.c(), units}, layout);
    this.bias = store.trainable(name, "bias", units);
  }

  @Override
  boolean trainable() {
    return true;
  }

  private Window window() {
    return Window.valid(in.h(), in.w(), in.h(), in.w());
  }

  /** {@return the number of values that gradients train} */
  public int size() {
    return kernel.size() + bias.size();
  }

  /**
   * {@return the shape [N,1,1,units]}
   *
   * @param in shape of the input, of which N alone is read
   */
  public Shape outputShape(Shape in) {
    return new Shape(in.n(), 1, 1, units);
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public DenseTraining training(TrainingContext context, LayerTraining source) {
    return new DenseTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public DenseInference inference(InferenceContext context) {
    return new DenseInference(this, context);
  }

  int units() {
    return units;
  }

  ConvKernel newKernel(Scratch scratch) {
    return new ConvKernel(scratch, window(), in.c(), units);
  }

  ParameterStore store() {
    return store;
  }

  /** Returns how the kernel's values lie in the network's arrays. */
  PackedMatrix layout() {
    return layout;
  }

  Parameter kernel() {
    return kernel;
  }

  Parameter bias() {
    return bias;
  }
}
