package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.gate.GatedOperand;
import dev.lanewise.tensor.Tensor;

/** A gate in an inference pass: the next layer reads the map multiplied. */
public final class GateInference {
  GateInference() {}

  /**
   * {@return what reads map * gate}
   *
   * @param map [N,H,W,C]
   * @param gate [N,1,1,C], used as it is when values are read
   */
  public Operand gated(Tensor map, Tensor gate) {
    return new GatedOperand(Operand.of(map), gate);
  }
}
