package dev.lanewise.formats.saved;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One array of a layer, in Keras's layout.
 *
 * <p>A model and its optimiser's state are hundreds of megabytes, so an array may fetch its values
 * only when they are asked for, and then does not keep them.
 */
public final class SavedArray {
  private final String name;
  private final int[] shape;
  private final Supplier<float[]> source;

  /**
   * Creates an array of values that are there. They are not copied: whoever makes a snapshot leaves
   * them alone until it is written.
   *
   * @param name the weight's name within its layer: kernel, bias, gamma, beta, moving_mean,
   *     moving_variance
   * @param shape positive extents: [KH,KW,IC/G,OC] of a convolution's kernel, [in,out] of a dense
   *     one, [C] of all others; empty for a single value
   * @param values row-major, as many as the shape holds
   * @throws IllegalArgumentException naming the array, wanted and got, where values and shape do
   *     not agree
   */
  public SavedArray(String name, int[] shape, float[] values) {
    this(name, shape, () -> values);
    checkSize(values);
  }

  /**
   * Creates an array that fetches its values each time when they are asked for.
   *
   * @param name the weight's name within its layer
   * @param shape positive extents; empty for a single value
   * @param source gives the values, row-major, as many as the shape holds
   * @throws IllegalArgumentException where an extent is not positive
   */
  public SavedArray(String name, int[] shape, Supplier<float[]> source) {
    Saved.checkName("an array", name);
    this.name = name;
    this.shape = shape.clone();
    this.source = source;
    for (int extent : shape) {
      if (extent <= 0) {
        throw new IllegalArgumentException(
            "every extent of array '" + name + "' must be positive, got " + shapeText());
      }
    }
  }

  /**
   * {@return the same values under another name}
   *
   * @param other the new name, which must be part of a path
   */
  public SavedArray renamed(String other) {
    return new SavedArray(other, shape, source);
  }

  /**
   * {@return the same values with other extents}
   *
   * @param other positive extents of the same product
   */
  public SavedArray reshaped(int... other) {
    return new SavedArray(name, other, source);
  }

  /**
   * {@return an array of the same shape whose values are made of these when they are asked for}
   *
   * @param change takes the values, row-major, and returns as many
   */
  public SavedArray changed(UnaryOperator<float[]> change) {
    return new SavedArray(name, shape, () -> change.apply(values()));
  }

  /** {@return the weight's name within its layer} */
  public String name() {
    return name;
  }

  /** {@return a copy of the shape} */
  public int[] shape() {
    return shape.clone();
  }

  /** {@return the shape as text: {@code [3,3,64,64]}} */
  public String shapeText() {
    return Arrays.toString(shape).replace(" ", "");
  }

  /**
   * {@return the values, row-major}
   *
   * @throws IllegalArgumentException where their number is not what the shape holds
   */
  public float[] values() {
    float[] values = source.get();
    checkSize(values);
    return values;
  }

  /** Returns this array with its values in memory. */
  SavedArray fetched() {
    return new SavedArray(name, shape, values());
  }

  private void checkSize(float[] values) {
    long size = 1;
    for (int extent : shape) {
      size = Math.min(size * extent, 1L << 32);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "array '%s' of shape %s cannot hold %d values",
              name,
              shapeText(),
              values.length));
    }
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
        && Arrays.equals(values(), that.values());
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return name + shapeText();
  }
}
