package dev.lanewise.model.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Where numbers stand along an axis.
 *
 * @param from the number at its start
 * @param to the number at its end
 * @param ticks the numbers that are written beside it
 * @param logarithmic whether equal lengths are equal ratios
 */
record Scale(double from, double to, List<Double> ticks, boolean logarithmic) {
  private static final int WANTED_TICKS = 5;

  /** Share of the numbers' range that is left free at each end. */
  private static final double MARGIN = 0.04;

  /** Returns an axis of whole numbers that begins and ends with some of them. */
  static Scale whole(double[] values) {
    double least = DoubleStream.of(values).min().orElse(0);
    double most = Math.max(DoubleStream.of(values).max().orElse(1), least + 1);
    return linear(least, most, 1, 0);
  }

  /** Returns an axis that holds all numbers that are finite. */
  static Scale around(double[] values) {
    double least = DoubleStream.of(values).filter(Double::isFinite).min().orElse(0);
    double most = DoubleStream.of(values).filter(Double::isFinite).max().orElse(1);
    if (least == most) {
      double half = least == 0 ? 1 : Math.abs(least) / 2;
      return linear(least - half, most + half, 0, 0);
    }
    return linear(least, most, 0, MARGIN);
  }

  private static Scale linear(double least, double most, double leastStep, double margin) {
    double step = Math.max(leastStep, niceStep((most - least) / WANTED_TICKS));
    double from = least - margin * (most - least);
    double to = most + margin * (most - least);
    List<Double> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(from / step); k * step <= to; k++) {
      ticks.add(k * step);
    }
    return new Scale(from, to, List.copyOf(ticks), false);
  }

  /** Returns the least of 1, 2, 5, 10, 20 and so on, or 0.5, 0.2 and so on, that is not below. */
  private static double niceStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= step) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Returns an axis of ratios from one positive number to another, with powers of ten. */
  static Scale logarithmic(double from, double to) {
    List<Double> ticks = new ArrayList<>();
    for (int k = (int) Math.ceil(Math.log10(from) - 1e-9); k <= Math.log10(to) + 1e-9; k++) {
      ticks.add(Math.pow(10, k));
    }
    return new Scale(from, to, List.copyOf(ticks), true);
  }

  /** Returns where a number stands: 0 at the start, 1 at the end. */
  double at(double value) {
    return logarithmic
        ? Math.log(value / from) / Math.log(to / from)
        : (value - from) / (to - from);
  }
}
