package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** The end of a block: out = activation(bn(y) + shortcut), in one pass. */
public final class Join {
  Join() {}

  /** A block without shortcut: out = activation(bn(y)). */
  public static Join plain(BatchNorm bn, Tensor y, Activation activation, Tensor out) {
    throw new UnsupportedOperationException();
  }

  /** An identity shortcut: out = activation(bn(y) + x). */
  public static Join identity(BatchNorm bn, Tensor y, Tensor x, Activation activation, Tensor out) {
    throw new UnsupportedOperationException();
  }

  /** A projection: out = activation(bn(y) + bn1(y1)). */
  public static Join projection(
      BatchNorm bn, Tensor y, BatchNorm bn1, Tensor y1, Activation activation, Tensor out) {
    throw new UnsupportedOperationException();
  }

  /** Writes out. */
  public void forward() {
    throw new UnsupportedOperationException();
  }

  /**
   * Masks a gradient of out by the activation's derivative and adds up dbeta and dgamma of each
   * normalisation that the join adds.
   */
  public Epilogue gradientSums() {
    throw new UnsupportedOperationException();
  }
}
