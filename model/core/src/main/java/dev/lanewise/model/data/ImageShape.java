package dev.lanewise.model.data;

/**
 * The extents of every image of a data set, and of those that a network takes.
 *
 * @param height rows of pixels, H
 * @param width columns of pixels, W
 * @param channels numbers of a pixel, C: 1 is grey, 3 is red, green and blue, 4 is these and
 *     opacity
 */
public record ImageShape(int height, int width, int channels) {
  /** Channels of a grey image. */
  public static final int GREY = 1;

  /** Channels of a colour image: red, green, blue. */
  public static final int RGB = 3;

  /**
   * Channels of a colour image with transparency: red, green, blue, alpha, which is 255 where a
   * pixel is opaque.
   */
  public static final int RGBA = 4;

  /**
   * Checks the extents.
   *
   * @throws IllegalArgumentException where one is not positive
   */
  public ImageShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "an image requires a positive height, width and number of channels, got "
              + text(height, width, channels));
    }
  }

  /**
   * Returns the shape of colour images.
   *
   * @param height rows of pixels
   * @param width columns of pixels
   * @return the shape with 3 channels
   */
  public static ImageShape rgb(int height, int width) {
    return new ImageShape(height, width, RGB);
  }

  /**
   * Returns the number of bytes or floats of an image.
   *
   * @return height x width x channels
   * @throws ArithmeticException where an array cannot hold that many
   */
  public int size() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  /** Returns {@code "64x64x3"}. */
  @Override
  public String toString() {
    return text(height, width, channels);
  }

  private static String text(int height, int width, int channels) {
    return height + "x" + width + "x" + channels;
  }
}
