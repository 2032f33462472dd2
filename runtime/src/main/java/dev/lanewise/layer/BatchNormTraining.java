package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.norm.InputGradientFormation;
import dev.lanewise.kernel.norm.MapGradient;
import dev.lanewise.kernel.norm.MapStatistics;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.norm.StatisticsEpilogue;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Tensor;

/** A batch normalisation in a training pass, cut into the pieces that other kernels carry. */
public final class BatchNormTraining extends UnitEnd implements Branch {
  private final BatchNorm layer;
  private final NormState norm;
  private final float[] variance;
  private final Epilogue statistics;
  private final Epilogue withoutStatistics;
  private final MapStatistics mapStatistics;
  private final MapGradient mapGradient;
  private final InputGradientFormation inputGradient;

  BatchNormTraining(BatchNorm layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.norm = new NormState(layer.channels());
    this.variance = new float[layer.channels()];
    this.statistics = new StatisticsEpilogue(norm);
    this.withoutStatistics = Epilogue.store();
    this.mapStatistics = new MapStatistics(context.scratch(), norm);
    this.mapGradient = new MapGradient(context.scratch(), norm);
    this.inputGradient = new InputGradientFormation(context.scratch(), norm);
    if (source instanceof ProductTraining conv) {
      conv.setNorm(norm);
    }
  }

  @Override
  public void setGain(double gain) {
    norm.setGain(gain);
  }

  @Override
  NormState norm() {
    return norm;
  }

  /** {@return what adds up the batch statistics of what a convolution writes, where used} */
  public Epilogue statistics() {
    return usesMovingStatistics() ? withoutStatistics : statistics;
  }

  private boolean usesMovingStatistics() {
    return frozen()
        || layer.mode() == Mode.ALWAYS_MOVING
        || (layer.mode() == Mode.BY_PHASE && !context().training());
  }

  /** Turns the sums into mean and variance, scale and shift, and updates the moving statistics. */
  public void finishStatistics() {
    if (usesMovingStatistics()) {
      layer.useMovingStatistics(norm);
      return;
    }
    float[] values = layer.store().values();
    norm.setShards(context().shards());
    norm.finishStatistics(
        values, layer.gamma().offset(), values, layer.beta().offset(), layer.epsilon(), variance);
    if (context().updates()) {
      updateMovingStatistics();
    }
  }

  private void updateMovingStatistics() {
    float[] state = layer.store().state();
    double momentum = layer.momentum();
    for (int c = 0; c < variance.length; c++) {
      int m = layer.movingMean().offset() + c;
      int v = layer.movingVariance().offset() + c;
      state[m] = (float) (state[m] * momentum + norm.mean(c) * (1 - momentum));
      state[v] = (float) (state[v] * momentum + variance[c] * (1 - momentum));
    }
  }

  /**
   * Normalises by the statistics of a map that is there already, as {@link #finishStatistics}.
   *
   * @param x [N,H,W,C]
   */
  public void batchStatistics(Tensor x) {
    if (!usesMovingStatistics()) {
      mapStatistics.run(x);
    }
    finishStatistics();
  }

  /**
   * Turns the sums into dbeta, dgamma and the coefficients of {@link #formInputGradient}, unless no
   * one reads any of them.
   */
  public void finishGradients() {
    if (frozen() && !inputTrained()) {
      return;
    }
    float[] gradients = context().gradients();
    norm.finishGradients(gradients, layer.gamma().offset(), gradients, layer.beta().offset());
  }

  /**
   * dx = epilogue(gradient of x + addend), unless no one reads it; x stays.
   *
   * @param dz gradient of bn(x), [N,H,W,C]
   * @param x what forward read
   * @param addend another gradient of x; null for none
   * @param dx may be dz or addend
   * @param epilogue what the layer below needs of it; null to store the sum as it is
   */
  public void backwardData(Tensor dz, Tensor x, Tensor addend, Tensor dx, Epilogue epilogue) {
    if (inputTrained()) {
      mapGradient.run(dz, x, addend, dx, epilogue);
    }
  }

  /**
   * Overwrites y by its gradient, unless no one reads it.
   *
   * @param dz gradient of bn(y), [N,H,W,C]
   * @param y what forward read
   */
  public void formInputGradient(Tensor dz, Tensor y) {
    if (inputTrained()) {
      inputGradient.run(dz, y);
    }
  }
}
