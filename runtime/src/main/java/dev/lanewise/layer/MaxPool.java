package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** Max pooling; padded places never win. */
public final class MaxPool {
  MaxPool() {}

  /**
   * Returns the output's shape.
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    throw new UnsupportedOperationException();
  }

  /** dst = largest of each window; argmax, of dst's shape, keeps where it stood for backward. */
  public void forward(Operand src, Tensor dst, Tensor argmax) {
    throw new UnsupportedOperationException();
  }

  /** dst = largest of each window. */
  public void infer(Tensor src, Tensor dst) {
    throw new UnsupportedOperationException();
  }

  /** dSrc = epilogue(gradient of forward's input); epilogue may be null. */
  public void backward(Tensor dDst, Tensor argmax, Tensor dSrc, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }
}
