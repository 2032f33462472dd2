package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/** Max pooling; padded places never win, unless they count as zeros. */
public final class MaxPool extends Layer {
  private final Window window;
  private final boolean zeros;
  private final PoolKernel kernel;
  private final LastOperand inferred = new LastOperand();

  MaxPool(String name, Window window, boolean zeros, Scratch scratch) {
    super(name);
    this.window = window;
    this.zeros = zeros;
    this.kernel = new PoolKernel(scratch, true, zeros);
  }

  /** Returns whether padded places count as zeros. */
  public boolean zeros() {
    return zeros;
  }

  /** Returns the window. */
  public Window window() {
    return window;
  }

  /**
   * Returns the output's shape.
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window, in);
  }

  /** dst = largest of each window; argmax, of dst's shape, keeps where it stood for backward. */
  public void forward(Operand src, Tensor dst, Tensor argmax) {
    kernel.forward(window, src, dst, argmax);
  }

  /** dSrc = epilogue(gradient of forward's input), unless no one reads it; epilogue may be null. */
  public void backward(Tensor dDst, Tensor argmax, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      kernel.backward(window, dDst, argmax, dSrc, epilogue);
    }
  }

  /** dst = largest of each window. */
  public void infer(Tensor src, Tensor dst) {
    kernel.forward(window, inferred.of(src), dst, null);
  }
}
