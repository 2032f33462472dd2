package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Tensor;

/**
 * Batch normalisation over N, H and W (Ioffe and Szegedy 2015), cut into the pieces that other
 * kernels carry. After Keras, the momentum weighs the old value of the moving statistics, and the
 * moving variance is the population variance. A frozen normalisation uses the moving statistics in
 * every phase and mode, and does not update them.
 */
public final class BatchNorm extends Layer {
  private final NormState norm;
  private final Scratch scratch;
  private final ParameterStore store;
  private final double momentum;
  private final double epsilon;
  private final Mode mode;
  private final Parameter gamma;
  private final Parameter beta;
  private final Parameter movingMean;
  private final Parameter movingVariance;
  private final float[] variance;
  private final Epilogue statistics;
  private final Epilogue withoutStatistics;

  private boolean training = true;

  BatchNorm(
      String name,
      int channels,
      Scratch scratch,
      ParameterStore store,
      double momentum,
      double epsilon,
      Mode mode) {
    super(name);
    this.norm = new NormState(channels);
    this.scratch = scratch;
    this.store = store;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.mode = mode;
    this.gamma = store.trainable(name, "gamma", channels);
    this.beta = store.trainable(name, "beta", channels);
    this.movingMean = store.kept(name, "moving_mean", channels);
    this.movingVariance = store.kept(name, "moving_variance", channels);
    this.variance = new float[channels];
    this.statistics = norm.statistics();
    this.withoutStatistics = norm.withoutStatistics();
  }

  /** Returns the number of channels. */
  public int channels() {
    return variance.length;
  }

  /** Returns the weight of the old value in the moving statistics. */
  public double momentum() {
    return momentum;
  }

  /** Returns what is added to the variance. */
  public double epsilon() {
    return epsilon;
  }

  NormState norm() {
    return norm;
  }

  Scratch scratch() {
    return scratch;
  }

  /** Sets gamma and the moving variance to one, the others to zero. */
  void initialize() {
    float[] ones = new float[channels()];
    java.util.Arrays.fill(ones, 1);
    gamma.setValues(ones);
    beta.setValues(new float[channels()]);
    movingMean.setValues(new float[channels()]);
    movingVariance.setValues(ones);
  }

  /** Chooses the phase; in training the moving statistics are updated. */
  void setTraining(boolean training) {
    this.training = training;
  }

  /** Adds up the batch statistics of what a convolution writes, where they are wanted. */
  public Epilogue statistics() {
    return usesMovingStatistics() ? withoutStatistics : statistics;
  }

  private boolean usesMovingStatistics() {
    return frozen() || mode == Mode.ALWAYS_MOVING || (mode == Mode.BY_PHASE && !training);
  }

  /** Turns the sums into mean and variance, scale and shift, and updates the moving statistics. */
  public void finishStatistics() {
    if (usesMovingStatistics()) {
      useMovingStatistics();
      return;
    }
    float[] values = store.values();
    norm.finishStatistics(values, gamma.offset(), values, beta.offset(), epsilon, variance);
    if (training) {
      float[] state = store.state();
      for (int c = 0; c < variance.length; c++) {
        int m = movingMean.offset() + c;
        int v = movingVariance.offset() + c;
        state[m] = (float) (state[m] * momentum + norm.mean(c) * (1 - momentum));
        state[v] = (float) (state[v] * momentum + variance[c] * (1 - momentum));
      }
    }
  }

  /** Normalises by the statistics of a map that is there already, as {@link #finishStatistics}. */
  public void measure(Tensor x) {
    if (!usesMovingStatistics()) {
      norm.addUpStatistics(scratch, x);
    }
    finishStatistics();
  }

  /** Makes scale and shift from the moving statistics. */
  public void useMovingStatistics() {
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

  /**
   * Turns the sums into dbeta, dgamma and the coefficients of {@link #formInputGradient}, unless no
   * one reads any of them.
   */
  public void finishGradients() {
    if (frozen() && !inputTrained()) {
      return;
    }
    float[] gradients = store.gradients();
    norm.finishGradients(gradients, gamma.offset(), gradients, beta.offset());
  }

  /** Reads y as activation(bn(y)). */
  public Operand activated(Tensor y, Activation activation) {
    return norm.activated(y, activation == Activation.RELU);
  }

  /**
   * Masks a gradient of activation(bn(y)) by the activation's derivative and adds up dbeta and
   * dgamma of it.
   */
  public Epilogue gradientSums(Tensor y, Activation activation) {
    return norm.gradientSums(y, activation == Activation.RELU);
  }

  /**
   * dx = epilogue(gradient of x + addend), unless no one reads it; x stays.
   *
   * @param dz gradient of bn(x)
   * @param addend another gradient of x; null for none
   * @param dx may be dz or addend
   * @param epilogue what the layer below wants; null to store the sum as it is
   */
  public void backwardData(Tensor dz, Tensor x, Tensor addend, Tensor dx, Epilogue epilogue) {
    if (inputTrained()) {
      norm.inputGradient(scratch, dz, x, addend, dx, epilogue);
    }
  }

  /**
   * Overwrites y by its gradient, which is formed from dz, the gradient of bn(y), unless no one
   * reads it.
   */
  public void formInputGradient(Tensor dz, Tensor y) {
    if (inputTrained()) {
      norm.formInputGradient(scratch, dz, y);
    }
  }
}
