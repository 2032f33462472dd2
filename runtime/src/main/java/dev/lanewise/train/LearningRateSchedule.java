package dev.lanewise.train;

/** The learning rate of each step of a training. */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * {@return the learning rate of a step}
   *
   * @param step steps done before it, over all epochs
   * @param epoch epochs done before it
   */
  double at(long step, int epoch);

  /**
   * {@return a schedule of the same rate always}
   *
   * @param rate learning rate of every step, not negative
   */
  static LearningRateSchedule constant(double rate) {
    Checks.notNegative("learning rate", rate);
    return (step, epoch) -> rate;
  }

  /**
   * {@return a schedule whose rate rises linearly and then falls to 0 along half a cosine
   * (Loshchilov and Hutter, "SGDR", 2017; Goyal et al. 2017 for the warm-up)}
   *
   * @param rate the largest, reached by the last step of the warm-up
   * @param warmUp steps of the warm-up; may be 0
   * @param steps of the whole training, more than the warm-up; the rate is 0 after them
   */
  static LearningRateSchedule cosine(double rate, long warmUp, long steps) {
    Checks.notNegative("learning rate", rate);
    Checks.notNegative("number of steps of the warm-up", warmUp);
    if (steps <= warmUp) {
      throw new IllegalArgumentException(
          "a training of " + steps + " steps has no room for a warm-up of " + warmUp);
    }
    return (step, epoch) -> {
      if (step < warmUp) {
        return rate * (step + 1) / warmUp;
      }
      double progress = Math.min(1, (step - warmUp) / (double) (steps - warmUp));
      return rate * (1 + Math.cos(Math.PI * progress)) / 2;
    };
  }
}
