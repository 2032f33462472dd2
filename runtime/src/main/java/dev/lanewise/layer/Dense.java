package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/**
 * A dense layer over the flattened (H, W, C) values of each image; no activation. It is a
 * convolution whose window is the whole map.
 */
public final class Dense extends Layer {
  private final int units;
  private final ConvKernel conv;
  private final ParameterStore store;
  private final Parameter kernel;
  private final Parameter bias;
  private final Epilogue plain = Epilogue.store();

  private final LastOperand source = new LastOperand();
  private final LastOperand gradient = new LastOperand();

  Dense(String name, Shape in, int units, Scratch scratch, ParameterStore store) {
    super(name);
    Window whole = Window.valid(in.h(), in.w(), in.h(), in.w());
    this.units = units;
    this.conv = new ConvKernel(scratch, whole, in.c(), units);
    this.store = store;
    this.kernel =
        store.trainable(
            name, "kernel", new int[] {in.h() * in.w() * in.c(), units}, conv.weights());
    this.bias = store.trainable(name, "bias", units);
  }

  Parameter kernel() {
    return kernel;
  }

  /** Returns the number of values that gradients train. */
  public int size() {
    return kernel.size() + bias.size();
  }

  /** Returns [N,1,1,units]. */
  public Shape outputShape(Shape in) {
    return new Shape(in.n(), 1, 1, units);
  }

  /** dst = flatten(src) * kernel + bias, in training and in inference. */
  public void forward(Tensor src, Tensor dst) {
    float[] values = store.values();
    conv.forward(source.of(src), values, kernel.offset(), values, bias.offset(), dst, null, plain);
  }

  /** dSrc = epilogue(gradient of forward's input), unless no one reads it; epilogue may be null. */
  public void backwardData(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      conv.backwardData(gradient.of(dDst), store.values(), kernel.offset(), dSrc, null, epilogue);
    }
  }

  /** Gradients of kernel and bias, overwritten unless the layer is frozen. */
  public void backwardWeights(Tensor src, Tensor dDst) {
    if (frozen()) {
      return;
    }
    float[] gradients = store.gradients();
    conv.backwardWeights(source.of(src), gradient.of(dDst), gradients, kernel.offset());
    conv.backwardBias(gradient.of(dDst), gradients, bias.offset());
  }
}
