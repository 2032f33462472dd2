package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.io.Serializable;
import java.util.Locale;

/**
 * How parameters follow their gradients.
 *
 * @param kind {@code adam} or {@code sgd}
 * @param learningRate positive; NaN for what is usual: 0.001 with adam, 0.01 with sgd
 * @param momentum of sgd, from 0 to below 1
 * @param nesterov whether that is Nesterov's
 * @param weightDecay each step first shrinks kernels by learning rate x this
 */
public record OptimizerSettings(
    String kind, double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Serializable {
  /** Adam at its usual rate. */
  public static final OptimizerSettings ADAM =
      new OptimizerSettings("adam", Double.NaN, 0, false, 0);

  private static final long serialVersionUID = 1;
  private static final double ADAM_RATE = 1e-3;
  private static final double SGD_RATE = 1e-2;

  /**
   * Checks the settings.
   *
   * @throws ModelException where one is out of range, or they do not go together
   */
  public OptimizerSettings {
    kind = kind.toLowerCase(Locale.ROOT);
    boolean sgd = kind.equals("sgd");
    if (!sgd && !kind.equals("adam")) {
      throw new ModelException("the optimizer requires adam or sgd, got " + kind);
    }
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
    if (!sgd && (momentum > 0 || nesterov)) {
      throw new ModelException("momentum requires the optimizer sgd: adam has its own");
    }
    if (nesterov && momentum == 0) {
      throw new ModelException("Nesterov's momentum requires a momentum above 0");
    }
  }

  /** Makes the optimiser. */
  Optimizer create() {
    if (kind.equals("adam")) {
      return new Adam(rate(ADAM_RATE)).withWeightDecay(weightDecay);
    }
    Sgd sgd = new Sgd(rate(SGD_RATE));
    return (nesterov ? sgd.withNesterov(momentum) : sgd.withMomentum(momentum))
        .withWeightDecay(weightDecay);
  }

  private double rate(double usual) {
    return Double.isNaN(learningRate) ? usual : learningRate;
  }
}
