package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** Batch normalisation over N, H and W, cut into the pieces that other kernels carry. */
public final class BatchNorm {
  BatchNorm() {}

  /** Returns the layer's name. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Adds up the batch statistics of what a convolution writes. */
  public Epilogue statistics() {
    throw new UnsupportedOperationException();
  }

  /** Turns the sums into mean and variance, scale and shift, and updates the moving statistics. */
  public void finishStatistics() {
    throw new UnsupportedOperationException();
  }

  /** Reads y as activation(bn(y)). */
  public Operand activated(Tensor y, Activation activation) {
    throw new UnsupportedOperationException();
  }

  /**
   * Masks a gradient of activation(bn(y)) by the activation's derivative and adds up dbeta and
   * dgamma of it.
   */
  public Epilogue gradientSums(Tensor y, Activation activation) {
    throw new UnsupportedOperationException();
  }

  /** Turns the sums into dbeta, dgamma and the coefficients of {@link #inputGradient}. */
  public void finishGradients() {
    throw new UnsupportedOperationException();
  }

  /** Reads dz, the gradient of bn(y), as the gradient of y. */
  public Operand inputGradient(Tensor dz, Tensor y) {
    throw new UnsupportedOperationException();
  }

  /** Overwrites dz, the gradient of bn(y), by the gradient of y. */
  public void formInputGradient(Tensor dz, Tensor y) {
    throw new UnsupportedOperationException();
  }
}
