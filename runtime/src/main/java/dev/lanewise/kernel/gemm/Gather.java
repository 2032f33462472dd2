package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Arrays;

/**
 * The left matrix of a convolution seen as a matrix product, which is never stored whole (implicit
 * im2col): row (n, i, j), column (tap, c) holds src[n][i*strideH + dh[tap]][j*strideW +
 * dw[tap]][c], or zero outside the map.
 *
 * <p>Forward, the rows are output pixels and the taps the window's places. The gradient of the
 * input of a convolution with stride is made of one such matrix for each phase of the stride: the
 * input pixels of a phase are reached by the same taps.
 */
public sealed class Gather permits PaddedGather {
  /** Share of terms inside the map below which it is worth to treat each place on its own. */
  private static final double WORTHWHILE = 0.8;

  private final int images;

  /** Images of the batch for which it is chosen whether each place is treated on its own. */
  private final int chosenFor;

  private final int srcH;
  private final int srcW;
  private final int channels;
  private final int strideH;
  private final int strideW;
  private final int rowsH;
  private final int rowsW;
  private final int[] dh;
  private final int[] dw;

  /** Number of taps, from each one on, of which each lies right of the one before. */
  private final int[] rightward;

  private Gather(
      Shape src,
      int chosenFor,
      int strideH,
      int strideW,
      int rowsH,
      int rowsW,
      int[] dh,
      int[] dw) {
    this.images = src.n();
    this.chosenFor = chosenFor;
    this.srcH = src.h();
    this.srcW = src.w();
    this.channels = src.c();
    this.strideH = strideH;
    this.strideW = strideW;
    this.rowsH = rowsH;
    this.rowsW = rowsW;
    this.dh = dh;
    this.dw = dw;
    this.rightward = new int[dh.length];
    for (int tap = dh.length - 1; tap >= 0; tap--) {
      int next = tap + 1;
      boolean right = next < dh.length && dh[next] == dh[tap] && dw[next] == dw[tap] + 1;
      rightward[tap] = right ? rightward[next] + 1 : 1;
    }
  }

  /** The windows of a forward pass over src. */
  public Gather(Shape src, Window window) {
    this(src, window, src.n());
  }

  /**
   * The windows of a forward pass over src.
   *
   * @param chosenFor images of the batch for which products over it are chosen
   */
  public Gather(Shape src, Window window, int chosenFor) {
    this(
        src,
        chosenFor,
        window.sh(),
        window.sw(),
        window.outH(src.h()),
        window.outW(src.w()),
        rowsOfTaps(src, window),
        columnsOfTaps(src, window));
  }

  private static int[] rowsOfTaps(Shape src, Window window) {
    int[] dh = new int[window.kh() * window.kw()];
    Arrays.setAll(dh, tap -> window.tapRow(tap) - window.padTop(src.h()));
    return dh;
  }

  private static int[] columnsOfTaps(Shape src, Window window) {
    int[] dw = new int[window.kh() * window.kw()];
    Arrays.setAll(dw, tap -> window.tapColumn(tap) - window.padLeft(src.w()));
    return dw;
  }

  /**
   * What reaches the input pixels of one phase from the output's gradient.
   *
   * @param dDst shape of the output's gradient
   * @param in shape of the convolution's input
   * @param phaseH rows of the input that are phaseH modulo the stride
   * @param phaseW columns of the input that are phaseW modulo the stride
   * @param taps which of the window's places reach this phase, see {@link #phaseTaps}
   */
  public static Gather backward(
      Shape dDst, Shape in, Window window, int phaseH, int phaseW, int[] taps) {
    int[] dh = new int[taps.length];
    int[] dw = new int[taps.length];
    for (int t = 0; t < taps.length; t++) {
      int h = phaseH + window.padTop(in.h()) - window.tapRow(taps[t]);
      int w = phaseW + window.padLeft(in.w()) - window.tapColumn(taps[t]);
      dh[t] = Math.floorDiv(h, window.sh());
      dw[t] = Math.floorDiv(w, window.sw());
    }
    int rowsH = Lanes.ceilDiv(in.h() - phaseH, window.sh());
    int rowsW = Lanes.ceilDiv(in.w() - phaseW, window.sw());
    return new Gather(dDst, dDst.n(), 1, 1, rowsH, rowsW, dh, dw);
  }

  /** Returns the window's places (kh * KW + kw) from which an output can reach a phase's pixels. */
  public static int[] phaseTaps(Shape in, Window window, int phaseH, int phaseW) {
    int[] taps = new int[window.kh() * window.kw()];
    int count = 0;
    for (int tap = 0; tap < taps.length; tap++) {
      int h = phaseH + window.padTop(in.h()) - window.tapRow(tap);
      int w = phaseW + window.padLeft(in.w()) - window.tapColumn(tap);
      if (Math.floorMod(h, window.sh()) == 0 && Math.floorMod(w, window.sw()) == 0) {
        taps[count++] = tap;
      }
    }
    return Arrays.copyOf(taps, count);
  }

  /**
   * Returns the rows of one place (i, j) of all images, with some taps only.
   *
   * @param taps see {@link #tapsInside}
   */
  Gather at(int i, int j, int[] taps) {
    int[] h = new int[taps.length];
    int[] w = new int[taps.length];
    for (int t = 0; t < taps.length; t++) {
      h[t] = i * strideH + dh[taps[t]];
      w[t] = j * strideW + dw[taps[t]];
    }
    Shape src = new Shape(images, srcH, srcW, channels);
    return new Gather(src, chosenFor, 1, 1, 1, 1, h, w);
  }

  /** Returns the taps that lie inside the map for place (i, j), in order. */
  int[] tapsInside(int i, int j) {
    int[] taps = new int[dh.length];
    int count = 0;
    for (int tap = 0; tap < dh.length; tap++) {
      if (pixel(0, i, j, tap) >= 0) {
        taps[count++] = tap;
      }
    }
    return Arrays.copyOf(taps, count);
  }

  /**
   * Returns whether products should leave out terms whose tap lies outside the map, place by place.
   */
  public boolean isByPlace() {
    return shareInside() < WORTHWHILE;
  }

  /** Returns the share of all terms that a product has to compute. */
  public double share() {
    double inside = shareInside();
    return inside < WORTHWHILE ? inside : 1;
  }

  /** The terms inside the map; but each place's rows are rounded up to whole tiles. */
  private double shareInside() {
    double inside = 0;
    for (int i = 0; i < rowsH; i++) {
      for (int j = 0; j < rowsW; j++) {
        inside += tapsInside(i, j).length;
      }
    }
    double all = (double) dh.length * Lanes.roundUp(chosenFor * rowsH * rowsW, Lanes.MR);
    return inside * Lanes.roundUp(chosenFor, Lanes.MR) / all;
  }

  /** Returns whether rows and taps are those of a 3x3 window on maps of 2x2 with equal borders. */
  public boolean isPair() {
    return dh.length == 9
        && srcH == 2
        && srcW == 2
        && rowsH == 2
        && rowsW == 2
        && dh[4] == 0
        && dw[4] == 0;
  }

  /** Returns the number of images. */
  int images() {
    return images;
  }

  /** Returns the number of taps. */
  int taps() {
    return dh.length;
  }

  /** Returns the pixel of src that a tap reads for place (i, j) of an image; -1 outside the map. */
  int pixel(int n, int i, int j, int tap) {
    int h = i * strideH + dh[tap];
    int w = j * strideW + dw[tap];
    return h >= 0 && h < srcH && w >= 0 && w < srcW ? (n * srcH + h) * srcW + w : -1;
  }

  /** Returns the number of places along the height. */
  int rowsH() {
    return rowsH;
  }

  /** Returns the number of places along the width. */
  int rowsW() {
    return rowsW;
  }

  /** Returns the number of channels of a tap. */
  public int channels() {
    return channels;
  }

  /** Returns whether the matrix is src itself: row m is pixel m. */
  boolean isIdentity() {
    return dh.length == 1
        && dh[0] == 0
        && dw[0] == 0
        && strideH == 1
        && strideW == 1
        && rowsH == srcH
        && rowsW == srcW;
  }

  /** Returns the number of rows. */
  int rows() {
    return images * rowsH * rowsW;
  }

  /** Returns the number of columns that depth is cut into multiples of. */
  int unit() {
    return LANES;
  }

  /** Returns the number of columns: taps times channels. */
  int depth() {
    return dh.length * channels;
  }

  /**
   * Writes the pixel of a larger map for each of some rows: (n, i*stepH + phaseH, j*stepW + phaseW)
   * of a map with height dstH and width dstW.
   */
  void pixels(
      int row0,
      int rows,
      int stepH,
      int stepW,
      int phaseH,
      int phaseW,
      int dstH,
      int dstW,
      int[] dst) {
    int j = row0 % rowsW;
    int i = row0 / rowsW % rowsH;
    int n = row0 / (rowsW * rowsH);
    for (int r = 0; r < rows; r++) {
      dst[r] = (n * dstH + i * stepH + phaseH) * dstW + j * stepW + phaseW;
      if (++j == rowsW) {
        j = 0;
        if (++i == rowsH) {
          i = 0;
          n++;
        }
      }
    }
  }

  /**
   * Copies a rectangle of the matrix into a panel: rows [row0, row0 + rows), columns [k0, k1).
   *
   * @param at index of the panel's first value
   * @param stride distance between the panel's rows
   */
  void pack(Operand src, int row0, int rows, int k0, int k1, float[] panel, int at, int stride) {
    if (isIdentity()) {
      src.copyRows(row0, rows, k0, k1 - k0, panel, at, stride);
      return;
    }
    int j = row0 % rowsW;
    int i = row0 / rowsW % rowsH;
    int n = row0 / (rowsW * rowsH);
    for (int r = 0; r < rows; r++) {
      packRow(src, n, i * strideH, j * strideW, k0, k1, panel, at + r * stride);
      if (++j == rowsW) {
        j = 0;
        if (++i == rowsH) {
          i = 0;
          n++;
        }
      }
    }
  }

  private void packRow(Operand src, int n, int h0, int w0, int k0, int k1, float[] panel, int at) {
    boolean overPixels = src.runsOverPixels();
    int tap = k0 / channels;
    int c = k0 - tap * channels;
    int k = k0;
    while (k < k1) {
      int h = h0 + dh[tap];
      int w = w0 + dw[tap];
      boolean rowInside = h >= 0 && h < srcH && w < srcW;
      boolean inside = rowInside && w >= 0;
      // Taps to the right are the next pixels in memory: one copy, or one fill, for several.
      int run = rightward[tap];
      if (inside) {
        run = overPixels ? Math.min(run, srcW - w) : 1;
      } else if (rowInside) {
        run = Math.min(run, -w);
      }
      int count = Math.min(run * channels - c, k1 - k);
      if (inside) {
        src.copy((n * srcH + h) * srcW + w, c, count, panel, at + k - k0);
      } else {
        Arrays.fill(panel, at + k - k0, at + k - k0 + count, 0f);
      }
      k += count;
      c = 0;
      tap += run;
    }
  }
}
