package dev.lanewise.tensor;

import dev.lanewise.spec.Padding;

/**
 * The window of a convolution or a pooling: its size, stride, padding and dilation.
 *
 * @param kh height of the window
 * @param kw width of the window
 * @param sh stride between rows
 * @param sw stride between columns
 * @param padding how the border is treated
 * @param top explicit padding above; 0 unless padding is EXPLICIT, as the next three
 * @param bottom explicit padding below
 * @param left explicit padding to the left
 * @param right explicit padding to the right
 * @param dh rows from one row of the window to the next; 1 where they touch
 * @param dw columns from one column of the window to the next
 */
public record Window(
    int kh,
    int kw,
    int sh,
    int sw,
    Padding padding,
    int top,
    int bottom,
    int left,
    int right,
    int dh,
    int dw) {
  /** Checks the extents. */
  public Window {
    if (kh < 1 || kw < 1 || sh < 1 || sw < 1) {
      throw new IllegalArgumentException(
          "a window's size and stride must be positive, got "
              + kh
              + "x"
              + kw
              + "/"
              + sh
              + "x"
              + sw);
    }
    if (dh < 1 || dw < 1) {
      throw new IllegalArgumentException("dilation must be positive, got " + dh + "x" + dw);
    }
    if (top < 0 || bottom < 0 || left < 0 || right < 0) {
      throw new IllegalArgumentException(
          "padding must not be negative, got " + top + "," + bottom + "," + left + "," + right);
    }
  }

  /**
   * {@return a window without padding}
   *
   * @param kh height of the window
   * @param kw width of the window
   * @param sh stride between rows
   * @param sw stride between columns
   */
  public static Window valid(int kh, int kw, int sh, int sw) {
    return new Window(kh, kw, sh, sw, Padding.VALID, 0, 0, 0, 0, 1, 1);
  }

  /**
   * {@return a window with Keras's 'same' padding}
   *
   * @param kh height of the window
   * @param kw width of the window
   * @param sh stride between rows
   * @param sw stride between columns
   */
  public static Window same(int kh, int kw, int sh, int sw) {
    return new Window(kh, kw, sh, sw, Padding.SAME, 0, 0, 0, 0, 1, 1);
  }

  /**
   * {@return a window over an input padded by the given amounts}
   *
   * @param kh height of the window
   * @param kw width of the window
   * @param sh stride between rows
   * @param sw stride between columns
   * @param top padding above
   * @param bottom padding below
   * @param left padding to the left
   * @param right padding to the right
   */
  public static Window padded(
      int kh, int kw, int sh, int sw, int top, int bottom, int left, int right) {
    return new Window(kh, kw, sh, sw, Padding.EXPLICIT, top, bottom, left, right, 1, 1);
  }

  /**
   * {@return this window with another stride}
   *
   * @param sh stride between rows
   * @param sw stride between columns
   */
  public Window withStride(int sh, int sw) {
    return new Window(kh, kw, sh, sw, padding, top, bottom, left, right, dh, dw);
  }

  /**
   * {@return this window with its places so far apart (Yu and Koltun, "Multi-Scale Context
   * Aggregation by Dilated Convolutions", ICLR 2016)}
   *
   * @param dh rows from one row of the window to the next
   * @param dw columns from one column of the window to the next
   */
  public Window dilated(int dh, int dw) {
    return new Window(kh, kw, sh, sw, padding, top, bottom, left, right, dh, dw);
  }

  /** {@return this window over an input that is padded already} */
  public Window withoutPadding() {
    return valid(kh, kw, sh, sw).dilated(dh, dw);
  }

  /** {@return this window with Keras's 'same' padding} */
  public Window withSamePadding() {
    return same(kh, kw, sh, sw).dilated(dh, dw);
  }

  /** {@return whether its places lie apart} */
  public boolean isDilated() {
    return dh > 1 || dw > 1;
  }

  /**
   * {@return the row of the input that a tap reads, less that of the window's first}
   *
   * @param tap the place in the window, kh * KW + kw
   */
  public int tapRow(int tap) {
    return tap / kw * dh;
  }

  /**
   * {@return the column of the input that a tap reads, less that of the window's first}
   *
   * @param tap the place in the window, kh * KW + kw
   */
  public int tapColumn(int tap) {
    return tap % kw * dw;
  }

  /** {@return the rows of the input from the first to the last that it covers} */
  public int extentH() {
    return (kh - 1) * dh + 1;
  }

  /** {@return the columns of the input from the first to the last that it covers} */
  public int extentW() {
    return (kw - 1) * dw + 1;
  }

  /**
   * {@return the number of output rows over {@code h} input rows; 0 or less where none fits}
   *
   * @param h rows of the input
   */
  public int outH(int h) {
    return padding == Padding.SAME ? ceilDiv(h, sh) : outValid(h + top + bottom, extentH(), sh);
  }

  /**
   * {@return the number of output columns over {@code w} input columns; 0 or less where none fits}
   *
   * @param w columns of the input
   */
  public int outW(int w) {
    return padding == Padding.SAME ? ceilDiv(w, sw) : outValid(w + left + right, extentW(), sw);
  }

  /**
   * {@return the rows of padding above an input of {@code h} rows}
   *
   * @param h rows of the input
   */
  public int padTop(int h) {
    return padding == Padding.SAME ? samePadding(h, extentH(), sh) / 2 : top;
  }

  /**
   * {@return the columns of padding to the left of an input of {@code w} columns}
   *
   * @param w columns of the input
   */
  public int padLeft(int w) {
    return padding == Padding.SAME ? samePadding(w, extentW(), sw) / 2 : left;
  }

  private static int samePadding(int in, int k, int s) {
    return Math.max(0, (ceilDiv(in, s) - 1) * s + k - in);
  }

  private static int outValid(int in, int k, int s) {
    return in < k ? 0 : (in - k) / s + 1;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
