package dev.lanewise.model.data;

import java.util.Arrays;

/**
 * Resizes images of interleaved unsigned bytes, [H, W, C], by bicubic convolution (Keys, "Cubic
 * convolution interpolation for digital image processing", IEEE ASSP 1981, with a = -0.5). Where an
 * image shrinks, the kernel is stretched by the factor, so that every source pixel counts and fine
 * patterns do not alias. Rows first, then columns, in fixed-point numbers with 22 bits behind the
 * point: the result is exact, the same everywhere, and that of Pillow's {@code BICUBIC}.
 */
final class Bicubic {
  private static final double A = -0.5;

  /** Half the width of the kernel. */
  private static final double SUPPORT = 2;

  /** 8 bits for the pixel and 2 for overshoot leave 22 of an int. */
  private static final int FRACTION_BITS = 22;

  private static final int HALF = 1 << (FRACTION_BITS - 1);

  private Bicubic() {}

  /**
   * Resizes an image; its proportions are those of the new size.
   *
   * @param src the image, [srcHeight, srcWidth, channels], unchanged
   * @return a new array [height, width, channels], or {@code src} itself where the size is the same
   */
  static byte[] resize(
      byte[] src, int srcHeight, int srcWidth, int height, int width, int channels) {
    byte[] rows =
        srcWidth == width
            ? src
            : resizeAxis(src, srcHeight, srcWidth, width, channels, new Taps(srcWidth, width));
    return srcHeight == height
        ? rows
        : resizeAxis(rows, 1, srcHeight, height, width * channels, new Taps(srcHeight, height));
  }

  /** Resizes the middle axis of [outer, from, inner] to {@code to}. */
  private static byte[] resizeAxis(byte[] src, int outer, int from, int to, int inner, Taps taps) {
    byte[] dst = new byte[Math.multiplyExact(Math.multiplyExact(outer, to), inner)];
    if (inner == ImageShape.RGB) {
      resizeColours(src, dst, outer, from, to, taps);
      return dst;
    }
    int[] sums = new int[inner];
    for (int o = 0; o < outer; o++) {
      for (int t = 0; t < to; t++) {
        Arrays.fill(sums, HALF);
        int pixel = (o * from + taps.first[t]) * inner;
        for (int k = 0; k < taps.count[t]; k++) {
          int weight = taps.weights[t * taps.stride + k];
          for (int i = 0; i < inner; i++) {
            sums[i] += (src[pixel + i] & 255) * weight;
          }
          pixel += inner;
        }
        int at = (o * to + t) * inner;
        for (int i = 0; i < inner; i++) {
          dst[at + i] = (byte) Math.clamp(sums[i] >> FRACTION_BITS, 0, 255);
        }
      }
    }
    return dst;
  }

  /** The same for pixels of three values, whose sums are kept in registers. */
  private static void resizeColours(
      byte[] src, byte[] dst, int outer, int from, int to, Taps taps) {
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int t = 0; t < to; t++, at += ImageShape.RGB) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int pixel = (o * from + taps.first[t]) * ImageShape.RGB;
        int end = t * taps.stride + taps.count[t];
        for (int k = t * taps.stride; k < end; k++, pixel += ImageShape.RGB) {
          int weight = taps.weights[k];
          red += (src[pixel] & 255) * weight;
          green += (src[pixel + 1] & 255) * weight;
          blue += (src[pixel + 2] & 255) * weight;
        }
        dst[at] = (byte) Math.clamp(red >> FRACTION_BITS, 0, 255);
        dst[at + 1] = (byte) Math.clamp(green >> FRACTION_BITS, 0, 255);
        dst[at + 2] = (byte) Math.clamp(blue >> FRACTION_BITS, 0, 255);
      }
    }
  }

  private static double kernel(double x) {
    double d = Math.abs(x);
    if (d < 1) {
      return ((A + 2) * d - (A + 3)) * d * d + 1;
    }
    return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
  }

  /** For each target position the source positions that count and their weights, of sum 1. */
  private static final class Taps {
    final int stride;
    final int[] first;
    final int[] count;
    final int[] weights;

    Taps(int from, int to) {
      double scale = (double) from / to;
      double stretch = Math.max(scale, 1);
      double support = SUPPORT * stretch;
      stride = (int) Math.ceil(support) * 2 + 1;
      first = new int[to];
      count = new int[to];
      weights = new int[Math.multiplyExact(to, stride)];
      double[] exact = new double[stride];
      for (int t = 0; t < to; t++) {
        double center = (t + 0.5) * scale;
        first[t] = Math.max(0, (int) (center - support + 0.5));
        count[t] = Math.min(from, (int) (center + support + 0.5)) - first[t];
        double sum = 0;
        for (int k = 0; k < count[t]; k++) {
          exact[k] = kernel((first[t] + k - center + 0.5) / stretch);
          sum += exact[k];
        }
        for (int k = 0; k < count[t]; k++) {
          weights[t * stride + k] = (int) Math.rint(exact[k] / sum * (1 << FRACTION_BITS));
        }
      }
    }
  }
}
