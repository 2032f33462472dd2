package dev.lanewise.train;

/** Checks what optimisers are given. */
final class Checks {
  private Checks() {}

  /** Returns a value that must be finite and not negative. */
  static double notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be 0 or more, got " + value);
    }
    return value;
  }

  /** Returns a value that must be finite and positive. */
  static double positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be above 0, got " + value);
    }
    return value;
  }

  /** Returns a value that must be at least 0 and below 1. */
  static double fraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be at least 0 and below 1, got " + value);
    }
    return value;
  }

  /** Checks a range of parameters and their gradients. */
  static void range(float[] values, float[] gradients, int from, int to) {
    if (from < 0 || from > to || to > values.length || to > gradients.length) {
      throw new IllegalArgumentException(
          "cannot step over ["
              + from
              + ","
              + to
              + ") of "
              + values.length
              + " values and "
              + gradients.length
              + " gradients");
    }
  }
}
