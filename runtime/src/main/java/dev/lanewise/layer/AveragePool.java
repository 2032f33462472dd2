package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** Average pooling over the places of each window that lie inside the input. */
public final class AveragePool {
  AveragePool() {}

  /**
   * Returns the output's shape.
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    throw new UnsupportedOperationException();
  }

  /** dst = average of each window. */
  public void forward(Operand src, Tensor dst) {
    throw new UnsupportedOperationException();
  }

  /** dst = average of each window. */
  public void infer(Tensor src, Tensor dst) {
    throw new UnsupportedOperationException();
  }

  /** dSrc = epilogue(gradient of forward's input); epilogue may be null. */
  public void backward(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }
}
