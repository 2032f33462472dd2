package dev.lanewise.layer;

import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.BatchNorm.Mode;
import java.util.Arrays;

/**
 * Batch normalisation over N, H and W (Ioffe and Szegedy 2015). After Keras, the momentum weighs
 * the old value of the moving statistics, and the moving variance is the population variance. A
 * frozen normalisation uses the moving statistics in every phase and mode, and does not update
 * them.
 */
public final class BatchNorm extends Layer {
  private final int channels;
  private final ParameterStore store;
  private double momentum;
  private final double epsilon;
  private final Mode mode;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter movingMean;
  private final Parameter movingVariance;

  BatchNorm(
      String name, int channels, ParameterStore store, double momentum, double epsilon, Mode mode) {
    super(name);
    this.channels = channels;
    this.store = store;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.mode = mode;
    this.gamma = store.trainable(name, "gamma", channels);
    this.beta = store.trainable(name, "beta", channels);
    this.movingMean = store.kept(name, "moving_mean", channels);
    this.movingVariance = store.kept(name, "moving_variance", channels);
  }

  @Override
  boolean trainable() {
    return true;
  }

  /** {@return the number of channels} */
  public int channels() {
    return channels;
  }

  /** {@return the weight of the old value in the moving statistics} */
  public double momentum() {
    return momentum;
  }

  void setMomentum(double momentum) {
    this.momentum = momentum;
  }

  /** {@return what is added to the variance} */
  public double epsilon() {
    return epsilon;
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public BatchNormTraining training(TrainingContext context, LayerTraining source) {
    return new BatchNormTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass, where it is not folded into a convolution}
   *
   * @param context the pass's
   */
  public BatchNormInference inference(InferenceContext context) {
    return new BatchNormInference(this, context);
  }

  /** Sets gamma and the moving variance to one, the others to zero. */
  void initialize() {
    float[] ones = new float[channels];
    Arrays.fill(ones, 1);
    gamma.setValues(ones);
    beta.setValues(new float[channels]);
    movingMean.setValues(new float[channels]);
    movingVariance.setValues(ones);
  }

  /** Makes scale and shift from the moving statistics. */
  void useMovingStatistics(NormState norm) {
    float[] values = store.values();
    float[] state = store.state();
    norm.useStatistics(
        values,
        gamma.offset(),
        values,
        beta.offset(),
        epsilon,
        state,
        movingMean.offset(),
        state,
        movingVariance.offset());
  }

  ParameterStore store() {
    return store;
  }

  /** {@return which statistics normalise} */
  public Mode mode() {
    return mode;
  }

  Parameter gamma() {
    return gamma;
  }

  Parameter beta() {
    return beta;
  }

  Parameter movingMean() {
    return movingMean;
  }

  Parameter movingVariance() {
    return movingVariance;
  }
}
