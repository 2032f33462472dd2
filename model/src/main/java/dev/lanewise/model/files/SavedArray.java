package dev.lanewise.model.files;

import java.util.Arrays;
import java.util.Locale;

/**
 * One array of a layer, in Keras's layout.
 *
 * <p>The values are not copied: whoever makes a snapshot leaves them alone until it is written.
 *
 * @param name the weight's name within its layer: kernel, bias, gamma, beta, moving_mean,
 *     moving_variance
 * @param shape positive extents: [KH,KW,IC,OC] of a convolution's kernel, [in,out] of a dense one,
 *     [C] of all others; empty for a single value
 * @param values row-major, as many as the shape holds
 */
public record SavedArray(String name, int[] shape, float[] values) {
  /**
   * Checks that values and shape agree.
   *
   * @throws IllegalArgumentException naming the array, wanted and got
   */
  public SavedArray {
    Saved.checkName("an array", name);
    shape = shape.clone();
    long size = 1;
    for (int extent : shape) {
      if (extent <= 0) {
        throw new IllegalArgumentException(
            "every extent of array '" + name + "' must be positive, got " + text(shape));
      }
      size = Math.min(size * extent, 1L << 32);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "array '%s' of shape %s cannot hold %d values",
              name,
              text(shape),
              values.length));
    }
  }

  /** Returns the shape as text: {@code [3,3,64,64]}. */
  public String shapeText() {
    return text(shape);
  }

  /** Returns a copy of the shape. */
  @Override
  public int[] shape() {
    return shape.clone();
  }

  /** Compares names, shapes and the bits of the values. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SavedArray)) {
      return false;
    }
    SavedArray that = (SavedArray) other;
    return name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return name + text(shape);
  }

  static String text(int[] shape) {
    return Arrays.toString(shape).replace(" ", "");
  }
}
