package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A 2-D convolution (cross-correlation) with its kernel and bias. */
public final class Conv {
  Conv() {}

  /** Returns the layer's name. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the shape [N,OH,OW,OC] over an input [N,IH,IW,IC].
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    throw new UnsupportedOperationException();
  }

  /**
   * dst = conv(src) + bias, and what the epilogue adds up of it.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param epilogue as {@link BatchNorm#statistics}
   */
  public void forward(Operand src, Tensor dst, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }

  /** dst = conv(src) + bias. */
  public void forward(Operand src, Tensor dst) {
    throw new UnsupportedOperationException();
  }

  /**
   * Gradients of kernel and bias, overwritten.
   *
   * @param src what forward read, [N,IH,IW,IC]
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   */
  public void backwardWeights(Operand src, Operand dDst) {
    throw new UnsupportedOperationException();
  }

  /** dSrc = gradient of forward's input. */
  public void backwardData(Operand dDst, Tensor dSrc) {
    throw new UnsupportedOperationException();
  }

  /** dSrc = epilogue(gradient of forward's input). */
  public void backwardData(Operand dDst, Tensor dSrc, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend).
   *
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param addend [N,IH,IW,IC]; may be dSrc itself
   * @param epilogue what the layer below wants; may be null
   */
  public void backwardData(Operand dDst, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }

  /** Folds the normalisation that follows into a copy of kernel and bias, for {@link #infer}. */
  public void fold(BatchNorm bn) {
    throw new UnsupportedOperationException();
  }

  /** dst = activation(folded conv(src)). */
  public void infer(Tensor src, Tensor dst, Activation activation) {
    throw new UnsupportedOperationException();
  }

  /** dst = activation(folded conv(src) + addend). */
  public void infer(Tensor src, Tensor dst, Tensor addend, Activation activation) {
    throw new UnsupportedOperationException();
  }
}
