package dev.lanewise.model.augment;

import java.util.Arrays;

/**
 * An image while it is augmented: unsigned bytes [H, W, C], and memory for what makes another image
 * of it. Operations that move pixels only say where to; those in a row are done in one resampling
 * as soon as someone asks for the pixels.
 */
public final class Canvas {
  private final int height;
  private final int width;
  private final int channels;
  private final Placement placement = new Placement();
  private final byte[] table = new byte[256];
  private final int[] counts = new int[256];
  private byte[] pixels;
  private byte[] spare;

  /**
   * Creates a black image.
   *
   * @param height rows
   * @param width columns
   * @param channels numbers of a pixel: 1 grey, 3 red, green and blue, 4 these and opacity
   */
  public Canvas(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    pixels = new byte[Math.multiplyExact(Math.multiplyExact(height, width), channels)];
    spare = new byte[pixels.length];
  }

  /** {@return the number of rows, H} */
  public int height() {
    return height;
  }

  /** {@return the number of columns, W} */
  public int width() {
    return width;
  }

  /** {@return the numbers of a pixel, C} */
  public int channels() {
    return channels;
  }

  /** {@return the numbers of a pixel that are colours: all but the opacity of 4} */
  public int colours() {
    return channels == 4 ? 3 : channels;
  }

  /** {@return the pixels, to be read and changed until the next call of a method of this image} */
  public byte[] pixels() {
    if (!placement.isIdentity()) {
      Resampling.apply(pixels, spare, height, width, channels, placement);
      placement.reset();
      swap();
    }
    return pixels;
  }

  /** {@return the memory of the pixels, to be overwritten with those of another image} */
  public byte[] overwrite() {
    placement.reset();
    return pixels;
  }

  /**
   * Moves the pixels: the new one at (u, v) is what lies now at (xx u + xy v + x, yx u + yy v + y),
   * in pixels to the right of the centre and below it.
   *
   * @param xx how the place to the right grows with u
   * @param xy how the place to the right grows with v
   * @param x place to the right, of the centre
   * @param yx how the place downwards grows with u
   * @param yy how the place downwards grows with v
   * @param y place downwards, of the centre
   * @param border what lies outside; null where hardly anything is asked for there
   */
  public void move(double xx, double xy, double x, double yx, double yy, double y, Border border) {
    if (!placement.takes(border)) {
      pixels();
    }
    placement.then(xx, xy, x, yx, yy, y, border);
  }

  /** {@return the mean of the pixels' lightness, from 0 to 255} */
  public double meanLightness() {
    byte[] from = pixels();
    long sum = 0;
    if (colours() == 3) {
      for (int i = 0; i < from.length; i += channels) {
        sum += Colours.luma(from, i);
      }
    } else {
      for (byte b : from) {
        sum += b & 255;
      }
    }
    return sum * (colours() == 3 ? channels : 1.0) / from.length;
  }

  /** Returns 256 bytes to fill with what each value becomes. */
  byte[] table() {
    return table;
  }

  /** Returns 256 zeros, to count values. */
  int[] counts() {
    Arrays.fill(counts, 0);
    return counts;
  }

  /** Replaces every value of a colour by what the table says. */
  void applyTable() {
    if (colours() == channels) {
      byte[] changed = pixels();
      for (int i = 0; i < changed.length; i++) {
        changed[i] = table[changed[i] & 255];
      }
      return;
    }
    for (int c = 0; c < colours(); c++) {
      applyTable(c);
    }
  }

  /** Replaces the values of one channel by what the table says. */
  void applyTable(int channel) {
    byte[] changed = pixels();
    for (int i = channel; i < changed.length; i += channels) {
      changed[i] = table[changed[i] & 255];
    }
  }

  /** Returns memory for another image of this size, which {@link #swap} makes the present one. */
  byte[] spare() {
    return spare;
  }

  void swap() {
    byte[] old = pixels;
    pixels = spare;
    spare = old;
  }

  /** Fills a part of a row, colours alone. */
  void fill(int y, int fromX, int toX, int value) {
    byte[] changed = pixels();
    if (channels == colours()) {
      Arrays.fill(
          changed, (y * width + fromX) * channels, (y * width + toX) * channels, (byte) value);
      return;
    }
    for (int x = fromX; x < toX; x++) {
      int at = (y * width + x) * channels;
      Arrays.fill(changed, at, at + colours(), (byte) value);
    }
  }
}
