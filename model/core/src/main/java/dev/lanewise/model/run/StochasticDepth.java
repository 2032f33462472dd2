package dev.lanewise.model.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.random.SplitMix;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;

/**
 * Drops residual branches of whole batches by chance (Huang et al. 2016): the last with the rate,
 * those before it with less, in proportion to their depth. The branches that are left make up for
 * it, so that inference takes all of them as they are.
 */
final class StochasticDepth {
  /** Stream of a seed's random numbers, apart from those of orders, splits and augmentation. */
  private static final int OF_SEED = 3;

  private final double rate;
  private final long seed;
  private final String network;
  private final SplitMix random = new SplitMix(0);
  private double[] gains;

  /**
   * Prepares the draws of a training.
   *
   * @param rate chance that the last branch is dropped, from 0 to below 1; 0 for none at all
   * @param seed decides all draws
   */
  StochasticDepth(double rate, long seed, Network network) {
    this.rate = rate;
    this.seed = seed;
    this.network = network.name();
  }

  /**
   * Draws for the next step of a pass: a function of the seed, the epoch and the batch.
   *
   * @throws ModelException where the network has no branch that can be dropped
   */
  void apply(TrainingPass pass, int epoch, int batch) {
    if (rate == 0) {
      return;
    }
    if (gains == null) {
      gains = new double[pass.branches()];
      if (gains.length == 0) {
        throw new ModelException(
            "stochastic depth requires blocks that add a branch to a shortcut and end it in a batch"
                + " normalisation, got network "
                + network
                + ", which has none");
      }
    }
    draw(gains, epoch, batch);
    pass.setBranchGains(gains);
  }

  void draw(double[] gains, int epoch, int batch) {
    random.restart(seed, OF_SEED, epoch);
    random.restart(random.nextLong(), 0, batch);
    for (int i = 0; i < gains.length; i++) {
      double dropped = rate * (i + 1) / gains.length;
      gains[i] = random.chance(dropped) ? 0 : 1 / (1 - dropped);
    }
  }
}
