package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.util.Map;

/** Optimisers by Keras's names of their settings, as model files keep them. */
public final class Optimizers {
  private static final String ADAM = "adam";
  private static final String SGD = "sgd";
  private static final String LEARNING_RATE = "learning_rate";
  private static final String BETA_1 = "beta_1";
  private static final String BETA_2 = "beta_2";
  private static final String EPSILON = "epsilon";
  private static final String MOMENTUM = "momentum";
  private static final String NESTEROV = "nesterov";
  private static final String WEIGHT_DECAY = "weight_decay";

  private Optimizers() {}

  /**
   * Refuses an optimiser of a user's own that has the name of one of Lanewise's: a file would bring
   * back that one.
   *
   * @throws ModelException where it has
   */
  static void requireOwnName(Optimizer optimizer) {
    String name = optimizer.name();
    boolean bundled = optimizer instanceof Adam || optimizer instanceof Sgd;
    if (!bundled && (name.equals(ADAM) || name.equals(SGD))) {
      throw new ModelException(
          "the optimiser "
              + optimizer.getClass().getName()
              + " requires a name of its own, got '"
              + name
              + "'");
    }
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
        case ADAM -> adam(rate, config).withWeightDecay(decay);
        case SGD -> sgd(rate, config).withWeightDecay(decay);
        default -> null;
      };
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "the settings of the optimiser in " + from + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Adam adam(double rate, Map<String, Double> config) {
    Adam usual = new Adam(rate);
    return usual
        .withBetas(setting(config, BETA_1, usual.beta1()), setting(config, BETA_2, usual.beta2()))
        .withEpsilon(setting(config, EPSILON, usual.epsilon()));
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
  public static String describe(Optimizer optimizer) {
    StringBuilder text = new StringBuilder(optimizer.name());
    optimizer
        .config()
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
