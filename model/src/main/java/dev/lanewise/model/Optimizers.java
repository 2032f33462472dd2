package dev.lanewise.model;

import dev.lanewise.train.Optimizer;
import java.util.Map;

/** Optimisers by name and settings, as model files keep them. */
final class Optimizers {
  static final String LEARNING_RATE = "learning_rate";

  private Optimizers() {}

  /** Returns the settings under Keras's names; empty for an optimiser that is not known. */
  static Map<String, Double> config(Optimizer optimizer) {
    return Map.of();
  }

  /** Returns the learning rate; NaN where it is not known. */
  static double learningRate(Optimizer optimizer) {
    return config(optimizer).getOrDefault(LEARNING_RATE, Double.NaN);
  }

  /** Makes an optimiser; null where the name is not known. */
  static Optimizer create(String name, Map<String, Double> config) {
    return null;
  }
}
