package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.norm.ActivatedOperand;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.UnitGradientEpilogue;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/**
 * The layer at the end of a unit in a training pass, which an activation may follow: the unit's
 * normalisation, or its convolution or dense layer where it has none.
 */
public abstract sealed class UnitEnd extends LayerTraining
    permits BatchNormTraining, ProductTraining {
  private final TrainingContext context;

  UnitEnd(TrainingContext context, Layer layer, LayerTraining source) {
    super(context, layer, source);
    this.context = context;
  }

  final TrainingContext context() {
    return context;
  }

  /**
   * Returns what becomes of a value before the activation: without a normalisation nothing, and the
   * sums that go with it are those of its bias.
   */
  abstract NormState norm();

  /**
   * {@return what reads y as activation(bn(y)), or as activation(y) where no normalisation follows}
   *
   * @param y [N,H,W,C]
   * @param activation what follows; NONE for none
   */
  public final Operand activated(Tensor y, Activation activation) {
    return new ActivatedOperand(y, norm(), PointwiseFunctions.of(activation));
  }

  /**
   * {@return what multiplies a gradient of activation(bn(y)) by the activation's derivative, and
   * adds up what the gradients of gamma and beta, or of a bias, are made of} It may be stored where
   * y stands if no normalisation follows.
   *
   * @param y [N,H,W,C]; where no normalisation follows, and the result tells the activation's
   *     derivative, the result
   * @param activation what follows; NONE for none
   */
  public final Epilogue gradientSums(Tensor y, Activation activation) {
    return new UnitGradientEpilogue(norm(), y, PointwiseFunctions.of(activation));
  }
}
