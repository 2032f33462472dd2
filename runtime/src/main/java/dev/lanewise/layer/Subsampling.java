package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/** Every stride-th pixel of a map: what Keras writes as a max pooling of 1x1 with a stride. */
public final class Subsampling extends Layer {
  private final Window window;
  private final PoolKernel kernel;
  private final LastOperand inferred = new LastOperand();

  Subsampling(String name, int sh, int sw, Scratch scratch) {
    super(name);
    this.window = Window.valid(1, 1, sh, sw);
    // The average of one value is the value, and its gradient needs no argmax.
    this.kernel = new PoolKernel(scratch, false);
  }

  /** Returns the window: 1x1 with the strides. */
  public Window window() {
    return window;
  }

  /** Returns the output's shape. */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window, in);
  }

  /** dst = every stride-th pixel of src. */
  public void forward(Operand src, Tensor dst) {
    kernel.forward(window, src, dst, null);
  }

  /** dSrc = dDst at every stride-th pixel, zero elsewhere, unless no one reads it. */
  public void backward(Tensor dDst, Tensor dSrc) {
    if (inputTrained()) {
      kernel.backward(window, dDst, null, dSrc, null);
    }
  }

  /** dst = every stride-th pixel of src. */
  public void infer(Tensor src, Tensor dst) {
    forward(inferred.of(src), dst);
  }
}
