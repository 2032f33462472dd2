package dev.lanewise.benchmarks.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * Middle and ends of a few measured values.
 *
 * @param median the middle one, or the mean of the middle two
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {
  /**
   * Returns the spread of values.
   *
   * @throws IllegalArgumentException where there are none
   */
  public static Spread of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a spread wants at least one value");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(middle(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  /** Returns the median of times. */
  public static double median(long[] values) {
    return middle(Arrays.stream(values).asDoubleStream().sorted().toArray());
  }

  private static double middle(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Returns the geometric mean. */
  public static double geometricMean(Collection<Double> values) {
    return Math.exp(values.stream().mapToDouble(Math::log).average().orElseThrow());
  }

  /** Returns what is left when a quantity is divided by each value: rates of times. */
  public Spread dividing(double quantity) {
    return new Spread(quantity / median, quantity / max, quantity / min);
  }

  /** Returns "median (min to max)", each with three digits that say something. */
  public String text() {
    return number(median) + " (" + number(min) + " to " + number(max) + ")";
  }

  /** Returns a value with three digits that say something. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }
}
