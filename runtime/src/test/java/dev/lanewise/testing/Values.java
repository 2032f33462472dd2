package dev.lanewise.testing;

import static org.assertj.core.api.Assertions.fail;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.SplittableRandom;

/** Makes and compares the float arrays of kernel tests. */
public final class Values {
  private Values() {}

  /** Returns a tensor of small integers, of which sums of products are exact in float. */
  public static Tensor integers(SplittableRandom random, Shape shape) {
    return Tensor.of(shape, integers(random, shape.size()));
  }

  /** Returns small integers. */
  public static float[] integers(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(-3, 4);
    }
    return values;
  }

  /** Returns a tensor of normally distributed values. */
  public static Tensor normal(SplittableRandom random, Shape shape) {
    return Tensor.of(shape, normal(random, shape.size(), 1));
  }

  /** Returns normally distributed values. */
  public static float[] normal(SplittableRandom random, int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  /** Asserts that all values are equal. */
  public static void assertEqual(String what, float[] got, double[] wanted) {
    assertClose(what, got, wanted, 0);
  }

  /**
   * Asserts that the differences' norm is at most a part of the wanted values': single ones may be
   * far off, as where rounding puts a value on the other side of an activation's kink.
   *
   * @param relative the part
   */
  public static void assertNormClose(String what, float[] got, double[] wanted, double relative) {
    double differences = 0;
    double all = 0;
    for (int i = 0; i < wanted.length; i++) {
      differences += (got[i] - wanted[i]) * (got[i] - wanted[i]);
      all += wanted[i] * wanted[i];
    }
    if (got.length != wanted.length || !(Math.sqrt(differences) <= relative * Math.sqrt(all))) {
      fail(
          "%s: wanted %d values of norm %s, got %d that differ by %s",
          what, wanted.length, Math.sqrt(all), got.length, Math.sqrt(differences));
    }
  }

  /**
   * Asserts that no value is further from the wanted one than a part of the largest wanted one.
   *
   * @param relative the part
   */
  public static void assertClose(String what, float[] got, double[] wanted, double relative) {
    if (got.length != wanted.length) {
      fail("%s: wanted %d values, got %d", what, wanted.length, got.length);
    }
    double largest = 0;
    for (double value : wanted) {
      largest = Math.max(largest, Math.abs(value));
    }
    double bound = relative * largest;
    for (int i = 0; i < got.length; i++) {
      if (!(Math.abs(got[i] - wanted[i]) <= bound)) {
        fail(
            "%s: at %d of %d wanted %s within %s, got %s",
            what, i, got.length, wanted[i], bound, got[i]);
      }
    }
  }
}
