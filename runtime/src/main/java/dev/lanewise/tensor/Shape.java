package dev.lanewise.tensor;

/**
 * The shape of an NHWC activation.
 *
 * @param n images in the batch
 * @param h rows of the map
 * @param w columns of the map
 * @param c channels
 */
public record Shape(int n, int h, int w, int c) {
  /**
   * Checks that every extent is positive and that the elements can be counted in an int.
   *
   * @throws IllegalArgumentException naming the shape
   */
  public Shape {
    if (n <= 0 || h <= 0 || w <= 0 || c <= 0) {
      throw new IllegalArgumentException(
          "every extent of a shape must be positive, got " + text(n, h, w, c));
    }
    if ((long) n * h > Integer.MAX_VALUE || (long) n * h * w > Integer.MAX_VALUE / c) {
      throw new IllegalArgumentException(
          "a tensor holds at most 2^31 - 1 values, got shape " + text(n, h, w, c));
    }
  }

  /** {@return the number of pixels of all images: N*H*W} */
  public int pixels() {
    return n * h * w;
  }

  /** {@return the number of values: N*H*W*C} */
  public int size() {
    return n * h * w * c;
  }

  /**
   * {@return this shape with other channels}
   *
   * @param channels C of the new shape
   */
  public Shape withC(int channels) {
    return new Shape(n, h, w, channels);
  }

  @Override
  public String toString() {
    return text(n, h, w, c);
  }

  private static String text(int n, int h, int w, int c) {
    return "[" + n + "," + h + "," + w + "," + c + "]";
  }
}
