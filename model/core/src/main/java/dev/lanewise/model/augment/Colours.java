package dev.lanewise.model.augment;

/** Changes of colours by a factor, which is 1 for none; those of Pillow's ImageEnhance. */
final class Colours {
  /** Weights of red, green and blue of ITU-R BT.601, with 16 bits behind the point, as Pillow's. */
  private static final int RED = 19595;

  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 1 << 15;

  /** Weight of the middle of 3x3 pixels in what Pillow calls smooth; the others have 1. */
  private static final int MIDDLE = 5;

  private static final float SMOOTH = 1f / 13;

  private Colours() {}

  /** Returns the lightness of the red, green and blue that begin at a place. */
  static int luma(byte[] pixels, int at) {
    return (pixels[at] & 255) * RED
            + (pixels[at + 1] & 255) * GREEN
            + (pixels[at + 2] & 255) * BLUE
            + HALF
        >> 16;
  }

  private static byte rounded(float value) {
    return (byte) Math.clamp((int) (value + 0.5f), 0, 255);
  }

  /** Multiplies lightness. */
  static void brightness(Canvas image, double factor) {
    around(image, 0, factor);
  }

  /** Multiplies the distance from the image's mean lightness. */
  static void contrast(Canvas image, double factor) {
    around(image, (int) (image.meanLightness() + 0.5), factor);
  }

  private static void around(Canvas image, int fixed, double factor) {
    if (factor == 1) {
      return;
    }
    byte[] table = image.table();
    float by = (float) factor;
    for (int i = 0; i < table.length; i++) {
      table[i] = rounded(fixed + by * (i - fixed));
    }
    image.applyTable();
  }

  /** Multiplies the distance of each pixel's colours from its lightness; grey stays as it is. */
  static void saturation(Canvas image, double factor) {
    if (factor == 1 || image.colours() != 3) {
      return;
    }
    byte[] pixels = image.pixels();
    float by = (float) factor;
    for (int i = 0; i < pixels.length; i += image.channels()) {
      int grey = luma(pixels, i);
      for (int c = 0; c < 3; c++) {
        pixels[i + c] = rounded(grey + by * ((pixels[i + c] & 255) - grey));
      }
    }
  }

  /** Multiplies the distance of each pixel from the mean of those around it, but at the border. */
  static void sharpness(Canvas image, double factor) {
    if (factor == 1) {
      return;
    }
    byte[] src = image.pixels();
    byte[] dst = image.spare();
    int c = image.channels();
    int row = image.width() * c;
    float by = (float) factor;
    System.arraycopy(src, 0, dst, 0, src.length);
    for (int y = 1; y < image.height() - 1; y++) {
      for (int x = 1; x < image.width() - 1; x++) {
        for (int k = 0; k < image.colours(); k++) {
          int at = y * row + x * c + k;
          int own = src[at] & 255;
          int sum =
              three(src, at - row, c)
                  + three(src, at, c)
                  + three(src, at + row, c)
                  + (MIDDLE - 1) * own;
          float smooth = sum * SMOOTH;
          dst[at] = rounded(smooth + by * (own - smooth));
        }
      }
    }
    image.swap();
  }

  private static int three(byte[] src, int at, int c) {
    return (src[at - c] & 255) + (src[at] & 255) + (src[at + c] & 255);
  }
}
