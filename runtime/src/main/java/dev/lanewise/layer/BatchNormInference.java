package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.norm.ActivatedOperand;
import dev.lanewise.kernel.norm.JoinKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** A batch normalisation in an inference pass, by its moving statistics. */
public final class BatchNormInference {
  private final Scratch scratch;
  private final NormState norm;
  private JoinKernel kernel;

  BatchNormInference(BatchNorm layer, InferenceContext context) {
    this.scratch = context.scratch();
    this.norm = context.weights().of(layer);
  }

  /**
   * {@return what reads x as activation(bn(x))}
   *
   * @param x [N,H,W,C]
   * @param activation follows the normalisation; NONE for none
   */
  public Operand activated(Tensor x, Activation activation) {
    return new ActivatedOperand(x, norm, PointwiseFunctions.of(activation));
  }

  /**
   * dst = activation(bn(src)). Each call of a pass has the same arguments.
   *
   * @param src [N,H,W,C]
   * @param dst of the same shape, overwritten
   * @param activation follows the normalisation; NONE for none
   */
  public void infer(Tensor src, Tensor dst, Activation activation) {
    if (kernel == null) {
      kernel =
          new JoinKernel(
              scratch, norm, src, null, null, null, PointwiseFunctions.of(activation), dst);
    }
    kernel.forward();
  }
}
