package dev.lanewise.train;

import java.util.List;

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

  /** Checks ranges of parameters and their gradients; without an iterator, which allocates. */
  static void ranges(float[] values, float[] gradients, List<ParameterRange> ranges) {
    int end = 0;
    for (int i = 0; i < ranges.size(); i++) {
      ParameterRange range = ranges.get(i);
      if (range.from() < end) {
        throw new IllegalArgumentException(
            "cannot step over " + text(range) + " after " + text(ranges.get(i - 1)));
      }
      end = range.to();
      if (end > values.length || end > gradients.length) {
        throw new IllegalArgumentException(
            "cannot step over "
                + text(range)
                + " of "
                + values.length
                + " values and "
                + gradients.length
                + " gradients");
      }
    }
  }

  private static String text(ParameterRange range) {
    return "[" + range.from() + "," + range.to() + ")";
  }
}
