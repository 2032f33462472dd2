package dev.lanewise.train;

/**
 * Parameters in a row that a step changes.
 *
 * @param from index of the first value
 * @param to index after the last value
 * @param rateFactor what the learning rate is multiplied by, and with it the decay of weights
 * @param decays whether an optimiser's decay of weights shrinks them: as a rule kernels, and
 *     neither biases nor what normalisations scale and shift by (He et al. 2019, "Bag of tricks")
 */
public record ParameterRange(int from, int to, double rateFactor, boolean decays) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where the range is empty or begins below 0, or the factor is
   *     not positive and finite
   */
  public ParameterRange {
    if (from < 0 || from >= to) {
      throw new IllegalArgumentException(
          "a range of parameters requires one or more, got [" + from + "," + to + ")");
    }
    Checks.positive("factor of the learning rate", rateFactor);
  }

  /**
   * {@return a range that is trained at the learning rate itself, and decays}
   *
   * @param from index of the first value
   * @param to index after the last value
   */
  public static ParameterRange of(int from, int to) {
    return new ParameterRange(from, to, 1, true);
  }
}
