package dev.lanewise.train;

import dev.lanewise.kernel.update.SgdKernel;
import dev.lanewise.parallel.WorkerPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent as Keras has it: with momentum the learning rate is inside the
 * velocity, and Nesterov's form looks one step ahead (Sutskever et al. 2013).
 */
public final class Sgd implements Optimizer {
  private final double momentum;
  private final boolean nesterov;
  private final double weightDecay;
  private double learningRate;

  private final SlotArrays state;
  private final OptimizerPass pass = new OptimizerPass(this::stepOver);
  private long iterations;

  // Of the step that is running.
  private float[] values;
  private float[] gradients;
  private float[] velocity;

  /**
   * Creates plain gradient descent, which has no state.
   *
   * @param learningRate of all steps until {@link #setLearningRate}
   * @throws IllegalArgumentException where the learning rate is negative or not finite
   */
  public Sgd(double learningRate) {
    this(learningRate, 0, false, 0);
  }

  private Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay) {
    this.learningRate = Checks.notNegative("learning rate", learningRate);
    this.momentum = Checks.fraction("momentum", momentum);
    this.weightDecay = Checks.notNegative("weight decay", weightDecay);
    this.nesterov = nesterov;
    this.state = momentum == 0 ? new SlotArrays("sgd") : new SlotArrays("sgd", "momentum");
  }

  /**
   * {@return a new optimiser with a velocity that keeps this part of itself, and without state}
   *
   * @param momentum the part of the velocity that a step keeps; 0 for no velocity
   * @throws IllegalArgumentException where it is not within [0, 1)
   */
  public Sgd withMomentum(double momentum) {
    return new Sgd(learningRate, momentum, false, weightDecay);
  }

  /**
   * {@return a new optimiser as from {@link #withMomentum}, in Nesterov's form}
   *
   * @param momentum the part of the velocity that a step keeps
   * @throws IllegalArgumentException where it is not within (0, 1)
   */
  public Sgd withNesterov(double momentum) {
    Checks.positive("Nesterov's momentum", momentum);
    return new Sgd(learningRate, momentum, true, weightDecay);
  }

  /**
   * {@return a new optimiser whose step first takes {@code learningRate * weightDecay} of each
   * value that {@linkplain ParameterRange#decays decays} off it; it has no state}
   *
   * @param weightDecay 0 for none
   * @throws IllegalArgumentException where it is negative or not finite
   */
  public Sgd withWeightDecay(double weightDecay) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay);
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Map<String, Double> config() {
    Map<String, Double> config = new LinkedHashMap<>();
    config.put("learning_rate", learningRate);
    config.put("momentum", momentum);
    config.put("nesterov", nesterov ? 1.0 : 0.0);
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

  /** {@return the part of the velocity that a step keeps; 0 for plain gradient descent} */
  public double momentum() {
    return momentum;
  }

  /** {@return whether the momentum is in Nesterov's form} */
  public boolean nesterov() {
    return nesterov;
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
    velocity = momentum == 0 ? null : state.values(0);
    pass.run(pool, ranges);
    this.values = null;
    this.gradients = null;
  }

  private void stepOver(int part, int from, int to, ParameterRange range) {
    float rate = (float) (learningRate * range.rateFactor());
    float decay = (float) (range.decays() ? learningRate * weightDecay * range.rateFactor() : 0);
    float keep = (float) momentum;
    if (velocity == null) {
      SgdKernel.step(values, gradients, from, to, rate, decay);
    } else if (nesterov) {
      SgdKernel.stepWithNesterov(values, gradients, velocity, from, to, rate, keep, decay);
    } else {
      SgdKernel.stepWithMomentum(values, gradients, velocity, from, to, rate, keep, decay);
    }
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
