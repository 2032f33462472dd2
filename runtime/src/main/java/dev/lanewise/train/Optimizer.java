package dev.lanewise.train;

import dev.lanewise.parallel.WorkerPool;
import java.util.List;
import java.util.Map;

/**
 * Changes parameters by their gradients. Its state is one float array per slot (momentum, first and
 * second moment), with the same indices as the array of the parameters.
 *
 * <p>A model file keeps name, settings and state of any optimiser. It makes {@link Adam} and {@link
 * Sgd} again when it is loaded; one of a user's own is given to the loaded model by compiling it,
 * and takes over its state by {@link #restore}.
 */
public interface Optimizer {
  /**
   * {@return the name by which model files know it: Keras's, {@code "adam"} or {@code "sgd"}, or
   * another one that no other optimiser has}
   */
  String name();

  /**
   * {@return the settings by Keras's names, as model files keep them: {@code learning_rate}, {@code
   * beta_1}, {@code nesterov} (0 or 1) and so on; by default the learning rate alone}
   */
  default Map<String, Double> config() {
    return Map.of("learning_rate", learningRate());
  }

  /** {@return the learning rate of the next step} */
  double learningRate();

  /**
   * Changes the learning rate, as a schedule wants it.
   *
   * @param learningRate of the steps that follow
   * @throws IllegalArgumentException where it is negative or not finite
   */
  void setLearningRate(double learningRate);

  /**
   * Changes ranges of the values by one step, in one pass over values, gradients and state. All
   * else stays as it is. The first call allocates the state; no later one allocates, while there
   * are not more ranges than before.
   *
   * @param values every parameter; of the same length at every step
   * @param gradients indexed as values
   * @param ranges ranges in ascending order that do not overlap
   * @param pool threads that share the work
   * @throws IllegalArgumentException where the ranges do not fit the arrays or each other, or the
   *     state is that of another number of values
   */
  void step(float[] values, float[] gradients, List<ParameterRange> ranges, WorkerPool pool);

  /** {@return the number of steps done} */
  long iterations();

  /** {@return the state arrays in a fixed order; empty before the first step} */
  List<Slot> slots();

  /**
   * Takes over a saved state; the arrays are copied.
   *
   * @param iterations number of steps done
   * @param slots arrays as {@link #slots} gives them
   * @throws IllegalArgumentException where the slots are not this optimiser's
   */
  void restore(long iterations, List<Slot> slots);

  /**
   * A state array.
   *
   * @param name Keras's name: {@code "m"}, {@code "v"}, {@code "momentum"}
   * @param values as long as the array of the parameters
   */
  record Slot(String name, float[] values) {}
}
