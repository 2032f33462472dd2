package dev.lanewise.train;

import dev.lanewise.kernel.update.AdamKernel;
import dev.lanewise.parallel.WorkerPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015) as Keras has it: the
 * correction for bias goes into the learning rate, and epsilon stands outside the root. With a
 * weight decay it is AdamW (Loshchilov and Hutter 2019): the decay does not pass through the
 * moments.
 */
public final class Adam implements Optimizer {
  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final double weightDecay;
  private double learningRate;

  private final SlotArrays state = new SlotArrays("adam", "m", "v");
  private final OptimizerPass pass = new OptimizerPass(this::stepOver);
  private long iterations;

  // Of the step that is running.
  private float[] values;
  private float[] gradients;
  private float[] m;
  private float[] v;
  private double rate;

  /**
   * Creates Adam with Keras's defaults: betas 0.9 and 0.999, epsilon 1e-7, no weight decay.
   *
   * @param learningRate of all steps until {@link #setLearningRate}
   * @throws IllegalArgumentException where the learning rate is negative or not finite
   */
  public Adam(double learningRate) {
    this(learningRate, 0.9, 0.999, 1e-7, 0);
  }

  private Adam(
      double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
    this.learningRate = Checks.notNegative("learning rate", learningRate);
    this.beta1 = Checks.fraction("beta 1", beta1);
    this.beta2 = Checks.fraction("beta 2", beta2);
    this.epsilon = Checks.positive("epsilon", epsilon);
    this.weightDecay = Checks.notNegative("weight decay", weightDecay);
  }

  /**
   * {@return a new optimiser with other decay rates of the moments, and without state}
   *
   * @param beta1 decay rate of the first moment
   * @param beta2 decay rate of the second moment
   * @throws IllegalArgumentException where one is not within [0, 1)
   */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * {@return a new optimiser with another epsilon, and without state}
   *
   * @param epsilon added to the root of the second moment
   * @throws IllegalArgumentException where it is not positive
   */
  public Adam withEpsilon(double epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * {@return a new optimiser whose step first takes {@code learningRate * weightDecay} of each
   * value that {@linkplain ParameterRange#decays decays} off it; it has no state}
   *
   * @param weightDecay 0 for none
   * @throws IllegalArgumentException where it is negative or not finite
   */
  public Adam withWeightDecay(double weightDecay) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Map<String, Double> config() {
    Map<String, Double> config = new LinkedHashMap<>();
    config.put("learning_rate", learningRate);
    config.put("beta_1", beta1);
    config.put("beta_2", beta2);
    config.put("epsilon", epsilon);
    config.put("weight_decay", weightDecay);
    return config;
  }

  @Override
  public double learningRate() {
    return learningRate;
  }

  @Override
  public void setLearningRate(double learningRate) {
    this.learningRate = Checks.notNegative("learning rate", learningRate);
  }

  /** {@return the decay rate of the first moment} */
  public double beta1() {
    return beta1;
  }

  /** {@return the decay rate of the second moment} */
  public double beta2() {
    return beta2;
  }

  /** {@return what is added to the root of the second moment} */
  public double epsilon() {
    return epsilon;
  }

  /** {@return the weight decay} */
  public double weightDecay() {
    return weightDecay;
  }

  @Override
  public void step(
      float[] values, float[] gradients, List<ParameterRange> ranges, WorkerPool pool) {
    Checks.ranges(values, gradients, ranges);
    state.allocate(values.length);
    iterations++;
    this.values = values;
    this.gradients = gradients;
    m = state.values(0);
    v = state.values(1);
    rate =
        learningRate
            * Math.sqrt(1 - Math.pow(beta2, iterations))
            / (1 - Math.pow(beta1, iterations));
    pass.run(pool, ranges);
    this.values = null;
    this.gradients = null;
  }

  private void stepOver(int part, int from, int to, ParameterRange range) {
    AdamKernel.step(
        values,
        gradients,
        m,
        v,
        from,
        to,
        (float) (rate * range.rateFactor()),
        (float) (1 - beta1),
        (float) (1 - beta2),
        (float) epsilon,
        (float) (range.decays() ? learningRate * weightDecay * range.rateFactor() : 0));
  }

  @Override
  public long iterations() {
    return iterations;
  }

  @Override
  public List<Slot> slots() {
    return state.slots();
  }

  @Override
  public void restore(long iterations, List<Slot> slots) {
    state.restore(iterations, slots);
    this.iterations = iterations;
  }
}
