package dev.lanewise.kernel;

import dev.lanewise.tensor.Tensor;

/** How a kernel reads one of its inputs: as it is, or changed on the way in. */
public abstract class Operand {
  private final Tensor tensor;

  Operand(Tensor tensor) {
    this.tensor = tensor;
  }

  /** Reads a tensor as it is. */
  public static Operand of(Tensor tensor) {
    throw new UnsupportedOperationException();
  }

  /** Returns the tensor that is read. */
  public final Tensor tensor() {
    return tensor;
  }
}
