package dev.lanewise.model.training;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.io.Serializable;
import java.util.Locale;

/**
 * An optimiser by its settings, as command lines and files of settings have it.
 *
 * @param kind which optimiser
 * @param learningRate positive; NaN for what is usual with the kind
 * @param momentum of sgd, from 0 to below 1
 * @param nesterov whether that is Nesterov's
 * @param weightDecay each step first shrinks kernels by learning rate x this
 */
public record OptimizerSettings(
    Kind kind, double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Serializable {
  /** What is usual with Adam. */
  public static final double ADAM_RATE = 1e-3;

  /** What is usual with stochastic gradient descent. */
  public static final double SGD_RATE = 1e-2;

  /** Adam at its usual rate. */
  public static final OptimizerSettings ADAM =
      new OptimizerSettings(Kind.ADAM, Double.NaN, 0, false, 0);

  private static final long serialVersionUID = 1;

  /** The optimisers. */
  public enum Kind {
    /** {@link Adam}. */
    ADAM,
    /** {@link Sgd}. */
    SGD;

    /**
     * {@return the kind of a name}
     *
     * @param name in any case
     * @throws ModelException where there is none
     */
    public static Kind of(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "adam" -> ADAM;
        case "sgd" -> SGD;
        default -> throw new ModelException("the optimizer requires adam or sgd, got " + name);
      };
    }

    /** {@return the learning rate that is usual} */
    public double usualRate() {
      return this == ADAM ? ADAM_RATE : SGD_RATE;
    }
  }

  /**
   * Checks the settings.
   *
   * @throws ModelException where one is out of range, or they do not go together
   */
  public OptimizerSettings {
    if (!Double.isNaN(learningRate) && !(learningRate > 0 && Double.isFinite(learningRate))) {
      throw new ModelException(
          "the learning rate requires a positive, finite number, got " + learningRate);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new ModelException("momentum requires a number from 0 to below 1, got " + momentum);
    }
    if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
      throw new ModelException(
          "weight decay requires a finite number of at least 0, got " + weightDecay);
    }
    if (kind == Kind.ADAM && (momentum > 0 || nesterov)) {
      throw new ModelException("momentum requires the optimizer sgd: adam has its own");
    }
    if (nesterov && momentum == 0) {
      throw new ModelException("Nesterov's momentum requires a momentum above 0");
    }
  }

  /** {@return the optimiser, before its first step} */
  public Optimizer create() {
    double rate = Double.isNaN(learningRate) ? kind.usualRate() : learningRate;
    if (kind == Kind.ADAM) {
      return new Adam(rate).withWeightDecay(weightDecay);
    }
    Sgd sgd = new Sgd(rate);
    return (nesterov ? sgd.withNesterov(momentum) : sgd.withMomentum(momentum))
        .withWeightDecay(weightDecay);
  }
}
