package dev.lanewise.layer;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** A 2-D convolution (cross-correlation) with its kernel and bias. */
public final class Conv extends Layer {
  private final Window window;
  private final Groups groups;
  private final ParameterStore store;
  private final PackedMatrix layout;
  private final Parameter kernel;
  private final Parameter bias;

  Conv(String name, Window window, Groups groups, ParameterStore store, boolean biased) {
    super(name);
    this.window = window;
    this.groups = groups;
    this.store = store;
    this.layout = ConvKernel.layout(window, groups);
    int[] shape = {window.kh(), window.kw(), groups.in(), groups.outputs()};
    this.kernel = store.trainable(name, "kernel", shape, layout);
    this.bias = biased ? store.trainable(name, "bias", groups.outputs()) : null;
  }

  @Override
  boolean trainable() {
    return true;
  }

  /** {@return the window} */
  public Window window() {
    return window;
  }

  /** {@return the number of groups into which the channels fall; 1 where all see each other} */
  public int groups() {
    return groups.count();
  }

  /** {@return whether each input channel is a group of its own, and there are several} */
  public boolean depthwise() {
    return groups.count() > 1 && groups.in() == 1;
  }

  /** {@return whether a bias is added} */
  public boolean biased() {
    return bias != null;
  }

  /** {@return the number of values that gradients train} */
  public int size() {
    return kernel.size() + (bias == null ? 0 : bias.size());
  }

  /**
   * {@return the shape [N,OH,OW,OC] over an input [N,IH,IW,IC]}
   *
   * @param in shape of the input
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window, in).withC(groups.outputs());
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public ConvTraining training(TrainingContext context, LayerTraining source) {
    return new ConvTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public ConvInference inference(InferenceContext context) {
    return new ConvInference(this, context);
  }

  /** Returns how the channels fall into groups. */
  Groups channelGroups() {
    return groups;
  }

  int outputChannels() {
    return groups.outputs();
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

  /** Returns the bias; null for none. */
  Parameter bias() {
    return bias;
  }
}
