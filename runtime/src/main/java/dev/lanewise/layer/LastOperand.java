package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Tensor;

/**
 * Reads tensors as they are, and keeps the last reader: a plan passes the same tensor each time.
 */
final class LastOperand {
  private Operand last;

  Operand of(Tensor tensor) {
    if (last == null || last.tensor() != tensor) {
      last = Operand.of(tensor);
    }
    return last;
  }
}
