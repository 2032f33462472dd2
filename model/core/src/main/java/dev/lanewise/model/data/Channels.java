package dev.lanewise.model.data;

/**
 * Turns pixels of 1, 3 or 4 channels (grey; red, green, blue; these and alpha) into one another.
 *
 * <p>Grey is the luma of ITU-R BT.601 in the fixed-point numbers of Pillow's {@code convert("L")},
 * by which Keras reads {@code color_mode="grayscale"}. Transparent pixels are laid over white where
 * alpha has no place.
 */
final class Channels {
  private static final int OPAQUE = 255;

  /** Weights of red, green and blue, 0.299, 0.587 and 0.114, with 16 bits behind the point. */
  private static final int RED = 19595;

  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 1 << 15;

  private Channels() {}

  /**
   * Refuses a number of channels that images are not read with.
   *
   * @throws DataException where it is neither 1, 3 nor 4
   */
  static void require(int channels) {
    if (!canRead(channels)) {
      throw DataException.of(
          "reading images requires 1 channel (grey), 3 (RGB) or 4 (RGBA), got %d", channels);
    }
  }

  /** Returns whether images have such a number of channels. */
  static boolean canRead(int channels) {
    return channels == ImageShape.GREY || channels == ImageShape.RGB || channels == ImageShape.RGBA;
  }

  /**
   * Converts pixels.
   *
   * @param src unsigned bytes, channels innermost; unchanged
   * @param from their channels: 1, 3 or 4
   * @param to the channels wanted: 1, 3 or 4
   * @return a new array, or {@code src} itself where the channels are the same
   */
  static byte[] convert(byte[] src, int from, int to) {
    if (from == to) {
      return src;
    }
    int pixels = src.length / from;
    byte[] dst = new byte[Math.multiplyExact(pixels, to)];
    for (int p = 0; p < pixels; p++) {
      int at = p * from;
      int red = src[at] & 255;
      int green = from == ImageShape.GREY ? red : src[at + 1] & 255;
      int blue = from == ImageShape.GREY ? red : src[at + 2] & 255;
      if (from == ImageShape.RGBA) {
        int alpha = src[at + 3] & 255;
        red = overWhite(red, alpha, OPAQUE);
        green = overWhite(green, alpha, OPAQUE);
        blue = overWhite(blue, alpha, OPAQUE);
      }
      put(dst, p * to, to, red, green, blue);
    }
    return dst;
  }

  private static void put(byte[] dst, int at, int channels, int red, int green, int blue) {
    if (channels == ImageShape.GREY) {
      dst[at] = (byte) ((red * RED + green * GREEN + blue * BLUE + HALF) >> 16);
      return;
    }
    dst[at] = (byte) red;
    dst[at + 1] = (byte) green;
    dst[at + 2] = (byte) blue;
    if (channels == ImageShape.RGBA) {
      dst[at + 3] = (byte) OPAQUE;
    }
  }

  /**
   * Lays a sample over white.
   *
   * @param sample 0 to max
   * @param alpha 0 to max: how far it covers the white
   * @param max of 8 or 16 bits
   * @return 0 to 255
   */
  static int overWhite(int sample, int alpha, int max) {
    if (alpha == max && max == OPAQUE) {
      return sample;
    }
    // White less what the colour takes away from it, as far as it covers it.
    return OPAQUE - product(max - sample, alpha, max);
  }

  /** Returns a / max * b / max of 0 to 255. */
  static int product(int a, int b, int max) {
    long whole = (long) max * max;
    return (int) (((long) a * b * OPAQUE + whole / 2) / whole);
  }

  /**
   * Resizes an image by {@link Bicubic}. Where it has alpha, colours count as far as they are
   * opaque, as in Pillow: what is invisible must not tinge what is beside it.
   *
   * @param src the image of some height and width, unchanged
   * @param to the shape wanted, of the same channels
   * @return a new array, or {@code src} itself where the size is the same
   */
  static byte[] resize(byte[] src, int height, int width, ImageShape to) {
    if (height == to.height() && width == to.width()) {
      return src;
    }
    boolean alpha = to.channels() == ImageShape.RGBA;
    byte[] resized =
        Bicubic.resize(
            alpha ? multiplied(src) : src, height, width, to.height(), to.width(), to.channels());
    if (alpha) {
      divide(resized);
    }
    return resized;
  }

  private static byte[] multiplied(byte[] rgba) {
    byte[] dst = rgba.clone();
    for (int i = 0; i < dst.length; i += ImageShape.RGBA) {
      int alpha = dst[i + 3] & 255;
      for (int c = 0; c < ImageShape.RGB; c++) {
        dst[i + c] = (byte) product(dst[i + c] & 255, alpha, OPAQUE);
      }
    }
    return dst;
  }

  private static void divide(byte[] rgba) {
    for (int i = 0; i < rgba.length; i += ImageShape.RGBA) {
      int alpha = rgba[i + 3] & 255;
      for (int c = 0; c < ImageShape.RGB && alpha > 0; c++) {
        rgba[i + c] = (byte) Math.min(OPAQUE, (rgba[i + c] & 255) * OPAQUE / alpha);
      }
    }
  }
}
