package dev.lanewise.model.run;

import dev.lanewise.model.training.Watch;

/** The best figure of the epochs so far, by one measure of what is better. */
final class BestSoFar {
  /** The figure; NaN before the first. */
  double figure = Double.NaN;

  /** The epoch since which there was no better one. */
  int epoch;

  /**
   * Begins before the first figure.
   *
   * @param epoch epochs done by then
   */
  BestSoFar(int epoch) {
    this.epoch = epoch;
  }

  /**
   * Takes an epoch's figure where it is better.
   *
   * @param watch says what is better
   * @param value the figure
   * @param delta by how much it has to be
   * @param epoch the epoch's number
   * @return whether it is
   */
  boolean take(Watch watch, double value, double delta, int epoch) {
    boolean better = watch.isBetter(value, figure, delta);
    if (better) {
      figure = value;
      this.epoch = epoch;
    }
    return better;
  }
}
