package dev.lanewise.exchange;

/**
 * Values in a row of an array.
 *
 * @param from index of the first
 * @param to index after the last
 */
public record IndexRange(int from, int to) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where the range is empty or begins below 0
   */
  public IndexRange {
    if (from < 0 || from >= to) {
      throw new IllegalArgumentException(
          "a range of values requires one or more, got [" + from + "," + to + ")");
    }
  }
}
