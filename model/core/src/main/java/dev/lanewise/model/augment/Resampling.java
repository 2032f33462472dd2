package dev.lanewise.model.augment;

/**
 * Makes an image whose pixels lie anywhere in another one, bilinear between the four around. Places
 * have 32 bits behind the point, and 11 of them count as weight; at whole places the result is the
 * very pixel.
 */
final class Resampling {
  private static final int POINT = 32;

  /** 8 bits of a byte and twice these are 30 of an int's 31. */
  private static final int WEIGHT_BITS = 11;

  private static final int ONE = 1 << WEIGHT_BITS;
  private static final int DROPPED = POINT - WEIGHT_BITS;
  private static final long HALF_WEIGHT = 1L << (DROPPED - 1);
  private static final int HALF = 1 << (2 * WEIGHT_BITS - 1);

  private Resampling() {}

  /** Fills dst, [h,w,c], from src of the same shape. */
  static void apply(byte[] src, byte[] dst, int h, int w, int c, Placement place) {
    double cx = (w - 1) / 2.0;
    double cy = (h - 1) / 2.0;
    long stepX = fixed(place.xx);
    long stepY = fixed(place.yx);
    Border border = place.border == null ? Border.REFLECT : place.border;
    int at = 0;
    for (int row = 0; row < h; row++) {
      double v = row - cy;
      long sx = fixed(place.xy * v - place.xx * cx + place.x + cx) + HALF_WEIGHT;
      long sy = fixed(place.yy * v - place.yx * cx + place.y + cy) + HALF_WEIGHT;
      for (int column = 0; column < w; column++) {
        int x = (int) (sx >> POINT);
        int y = (int) (sy >> POINT);
        int wx = (int) (sx >>> DROPPED) & ONE - 1;
        int wy = (int) (sy >>> DROPPED) & ONE - 1;
        if (x < 0 || y < 0 || x >= w || y >= h) {
          outside(src, h, w, c, x, y, wx, wy, border, dst, at);
        } else if ((wx | wy) == 0) {
          copy(src, (y * w + x) * c, c, dst, at);
        } else if (x < w - 1 && y < h - 1) {
          inside(src, (y * w + x) * c, w * c, c, wx, wy, dst, at);
        } else {
          outside(src, h, w, c, x, y, wx, wy, border, dst, at);
        }
        at += c;
        sx += stepX;
        sy += stepY;
      }
    }
  }

  private static long fixed(double value) {
    return Math.round(value * (1L << POINT));
  }

  private static void copy(byte[] src, int from, int c, byte[] dst, int at) {
    for (int k = 0; k < c; k++) {
      dst[at + k] = src[from + k];
    }
  }

  private static void inside(
      byte[] src, int from, int row, int c, int wx, int wy, byte[] dst, int at) {
    int right = wx * (ONE - wy);
    int left = (ONE - wx) * (ONE - wy);
    int rightBelow = wx * wy;
    int leftBelow = (ONE - wx) * wy;
    int below = from + row;
    if (c == 3) {
      // Written out: as a loop it takes a third more.
      dst[at] = mean(src, from, below, 3, left, right, leftBelow, rightBelow);
      dst[at + 1] = mean(src, from + 1, below + 1, 3, left, right, leftBelow, rightBelow);
      dst[at + 2] = mean(src, from + 2, below + 2, 3, left, right, leftBelow, rightBelow);
      return;
    }
    for (int k = 0; k < c; k++) {
      dst[at + k] = mean(src, from + k, below + k, c, left, right, leftBelow, rightBelow);
    }
  }

  private static byte mean(
      byte[] src, int i, int j, int c, int left, int right, int leftBelow, int rightBelow) {
    int sum =
        (src[i] & 255) * left
            + (src[i + c] & 255) * right
            + (src[j] & 255) * leftBelow
            + (src[j + c] & 255) * rightBelow;
    return (byte) (sum + HALF >> 2 * WEIGHT_BITS);
  }

  private static void outside(
      byte[] src,
      int h,
      int w,
      int c,
      int x,
      int y,
      int wx,
      int wy,
      Border border,
      byte[] dst,
      int at) {
    int left = border.at(x, w);
    int right = border.at(x + 1, w);
    int top = border.at(y, h);
    int bottom = border.at(y + 1, h);
    for (int k = 0; k < c; k++) {
      int above =
          pixel(src, top, left, w, c, k) * (ONE - wx) + pixel(src, top, right, w, c, k) * wx;
      int below =
          pixel(src, bottom, left, w, c, k) * (ONE - wx) + pixel(src, bottom, right, w, c, k) * wx;
      dst[at + k] = (byte) (above * (ONE - wy) + below * wy + HALF >> 2 * WEIGHT_BITS);
    }
  }

  private static int pixel(byte[] src, int y, int x, int w, int c, int k) {
    return y < 0 || x < 0 ? 0 : src[(y * w + x) * c + k] & 255;
  }
}
