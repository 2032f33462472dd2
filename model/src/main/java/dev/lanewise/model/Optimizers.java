package dev.lanewise.model;

import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;

/** Optimisers by Keras's names of their settings, as model files keep them. */
final class Optimizers {
  private static final String LEARNING_RATE = "learning_rate";
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String EPSILON = "epsilon";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final String WEIGHT_DECAY = "weight_decay";

  private Optimizers() {}

  /** Returns the settings; of an optimiser that is not known, the learning rate alone. */
  static Map<String, Double> config(Optimizer optimizer) {
    Map<String, Double> config = new LinkedHashMap<>();
    config.put(LEARNING_RATE, optimizer.learningRate());
    if (optimizer instanceof Adam adam) {
      config.put(BETA_1, adam.beta1());
      config.put(BETA_2, adam.beta2());
      config.put(EPSILON, adam.epsilon());
      config.put(WEIGHT_DECAY, adam.weightDecay());
    } else if (optimizer instanceof Sgd sgd) {
      config.put(MOMENTUM, sgd.momentum());
      config.put(NESTEROV, sgd.nesterov() ? 1.0 : 0.0);
      config.put(WEIGHT_DECAY, sgd.weightDecay());
    }
    return config;
  }

  /**
   * Makes an optimiser without state; null where the name is not known.
   *
   * @param from what the settings come from, for messages
   * @throws ModelException where settings are missing or out of range
   */
  static Optimizer create(String name, Map<String, Double> config, String from) {
    try {
      double rate = setting(config, LEARNING_RATE, Double.NaN);
      double decay = setting(config, WEIGHT_DECAY, 0);
      return switch (name) {
        case "adam" ->
            new Adam(rate)
                .withBetas(setting(config, BETA_1, 0.9), setting(config, BETA_2, 0.999))
                .withEpsilon(setting(config, EPSILON, 1e-7))
                .withWeightDecay(decay);
        case "sgd" -> sgd(rate, config).withWeightDecay(decay);
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "the settings of the optimiser in " + from + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Sgd sgd(double rate, Map<String, Double> config) {
    double momentum = setting(config, MOMENTUM, 0);
    return setting(config, NESTEROV, 0) != 0 && momentum > 0
        ? new Sgd(rate).withNesterov(momentum)
        : new Sgd(rate).withMomentum(momentum);
  }

  private static double setting(Map<String, Double> config, String name, double standard) {
    return config.getOrDefault(name, standard);
  }

  /** Returns name and settings for the user: {@code adam with learning rate 0.001}. */
  static String describe(Optimizer optimizer) {
    StringBuilder text = new StringBuilder(optimizer.name());
    config(optimizer)
        .forEach(
            (name, value) -> {
              if (name.equals(LEARNING_RATE) || name.equals(MOMENTUM) && value != 0) {
                text.append(", ").append(name.replace('_', ' ')).append(' ');
                text.append(Numbers.text(value));
              } else if (name.equals(NESTEROV) && value != 0) {
                text.append(", Nesterov");
              } else if (name.equals(WEIGHT_DECAY) && value != 0) {
                text.append(", weight decay ").append(Numbers.text(value));
              }
            });
    return text.toString();
  }
}
