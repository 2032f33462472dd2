package dev.lanewise.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** Compares gradients with central finite differences in double. */
public final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  /**
   * Asserts that a gradient is the derivative of a function by each value of an array.
   *
   * @param function computes its result from the array, which changes between calls
   * @param values the array; as it was when this returns
   * @param gradient what is claimed to be the derivative by each value
   */
  public static void assertGradient(DoubleSupplier function, double[] values, double[] gradient) {
    assertThat(gradient).hasSameSizeAs(values);
    double largest = 1e-3;
    for (double g : gradient) {
      largest = Math.max(largest, Math.abs(g));
    }
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      double above = function.getAsDouble();
      values[i] = value - STEP;
      double below = function.getAsDouble();
      values[i] = value;
      assertThat(gradient[i])
          .as("derivative by value %d of %d", i, values.length)
          .isCloseTo((above - below) / (2 * STEP), within(1e-7 * largest));
    }
  }

  /** Returns the sum of products: a function whose gradient by {@code a} is {@code weights}. */
  public static double dot(double[] a, double[] weights) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * weights[i];
    }
    return sum;
  }

  /** Returns normally distributed values. */
  public static double[] normal(RandomGenerator random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  /** Returns different values, at least 0.01 apart, in random order: no ties, no kinks nearby. */
  public static double[] distinct(RandomGenerator random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      int j = random.nextInt(i + 1);
      values[i] = values[j];
      values[j] = (i - size / 2 + 0.5) * 0.01;
    }
    return values;
  }
}
