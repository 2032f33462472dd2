package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.gate.GatedOperand;
import dev.lanewise.kernel.norm.JoinKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** A gate in an inference pass: the next layer reads the map multiplied, or a sum is made of it. */
public final class GateInference {
  private final Scratch scratch;
  private JoinKernel kernel;

  GateInference(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * {@return what reads map * gate}
   *
   * @param map [N,H,W,C]
   * @param gate [N,1,1,C], used as it is when values are read
   */
  public Operand gated(Tensor map, Tensor gate) {
    return new GatedOperand(Operand.of(map), gate);
  }

  /**
   * dst = activation(map * gate + addend). Each call of a pass has the same arguments.
   *
   * @param map [N,H,W,C]
   * @param gate [N,1,1,C]
   * @param addend [N,H,W,C]; null for none
   * @param activation follows the sum; NONE for none
   * @param dst of the same shape, overwritten
   */
  public void infer(Tensor map, Tensor gate, Tensor addend, Activation activation, Tensor dst) {
    if (kernel == null) {
      NormState none = NormState.identity(map.shape().c());
      kernel =
          new JoinKernel(
              scratch, none, map, gate, null, addend, PointwiseFunctions.of(activation), dst);
    }
    kernel.forward();
  }
}
