package dev.lanewise.benchmarks;

/** Compares what a benchmark is about to time with what it must compute. */
final class Check {
  private Check() {}

  /**
   * Compares two values.
   *
   * @param tolerance allowed difference
   * @throws IllegalStateException where they differ by more, or are not finite
   */
  static void near(String what, double wanted, double got, double tolerance) {
    if (!(Math.abs(got - wanted) <= tolerance)) {
      throw new IllegalStateException(what + ": wanted " + wanted + ", got " + got);
    }
  }
}
