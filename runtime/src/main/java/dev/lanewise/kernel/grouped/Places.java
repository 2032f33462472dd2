package dev.lanewise.kernel.grouped;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.gemm.Gather;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Arrays;

/**
 * Which pixels are added up to which: the result's place (i, j) reads pixel (i * strideH + dh[t], j
 * * strideW + dw[t]) for each tap t, and stands at (i * stepH + phaseH, j * stepW + phaseW). The
 * gradient of the input of a convolution with stride is made in phases: pixels of a phase are
 * reached by the same taps.
 *
 * @param rows places along the height
 * @param columns places along the width
 * @param strideH rows between what neighbours read
 * @param strideW columns between what neighbours read
 * @param dh row of each tap
 * @param dw column of each tap
 * @param taps the window's place, kh * KW + kw, of each tap
 * @param stepH rows between neighbours in the result
 * @param stepW columns between neighbours in the result
 * @param phaseH the result's first row
 * @param phaseW the result's first column
 */
record Places(
    int rows,
    int columns,
    int strideH,
    int strideW,
    int[] dh,
    int[] dw,
    int[] taps,
    int stepH,
    int stepW,
    int phaseH,
    int phaseW) {
  /** Returns what the results of a convolution over src read. */
  static Places forward(Shape src, Window window) {
    int[] taps = new int[window.kh() * window.kw()];
    int[] dh = new int[taps.length];
    int[] dw = new int[taps.length];
    for (int t = 0; t < taps.length; t++) {
      taps[t] = t;
      dh[t] = window.tapRow(t) - window.padTop(src.h());
      dw[t] = window.tapColumn(t) - window.padLeft(src.w());
    }
    return new Places(
        window.outH(src.h()),
        window.outW(src.w()),
        window.sh(),
        window.sw(),
        dh,
        dw,
        taps,
        1,
        1,
        0,
        0);
  }

  /** Returns for each phase of the stride what the gradients of src read. */
  static Places[] backward(Shape src, Window window) {
    int phasesH = Math.min(window.sh(), src.h());
    int phasesW = Math.min(window.sw(), src.w());
    Places[] phases = new Places[phasesH * phasesW];
    for (int p = 0; p < phases.length; p++) {
      phases[p] = phase(src, window, p / phasesW, p % phasesW);
    }
    return phases;
  }

  private static Places phase(Shape src, Window window, int phaseH, int phaseW) {
    int[] taps = Gather.phaseTaps(src, window, phaseH, phaseW);
    int[] dh = new int[taps.length];
    int[] dw = new int[taps.length];
    // From last to first, so that what they read lies from left to right.
    for (int t = 0, last = taps.length - 1; t < last; t++, last--) {
      int tap = taps[t];
      taps[t] = taps[last];
      taps[last] = tap;
    }
    for (int t = 0; t < taps.length; t++) {
      int h = phaseH + window.padTop(src.h()) - window.tapRow(taps[t]);
      int w = phaseW + window.padLeft(src.w()) - window.tapColumn(taps[t]);
      dh[t] = Math.floorDiv(h, window.sh());
      dw[t] = Math.floorDiv(w, window.sw());
    }
    return new Places(
        Lanes.ceilDiv(src.h() - phaseH, window.sh()),
        Lanes.ceilDiv(src.w() - phaseW, window.sw()),
        1,
        1,
        dh,
        dw,
        taps,
        window.sh(),
        window.sw(),
        phaseH,
        phaseW);
  }

  /** Returns the taps of a row, of which each reads the pixel beside that of the one before. */
  int tapsOfRow() {
    int count = 1;
    while (count < taps.length && dh[count] == dh[0] && dw[count] == dw[0] + count) {
      count++;
    }
    for (int t = 0; t < taps.length; t++) {
      int first = t - t % count;
      if (taps.length % count != 0 || dh[t] != dh[first] || dw[t] != dw[first] + t % count) {
        return 1;
      }
    }
    return count;
  }

  /** Returns the least row of the taps. */
  int minH() {
    return Arrays.stream(dh).min().orElse(0);
  }

  /** Returns the largest row of the taps. */
  int maxH() {
    return Arrays.stream(dh).max().orElse(0);
  }

  /** Returns the least column of the taps. */
  int minW() {
    return Arrays.stream(dw).min().orElse(0);
  }

  /** Returns the last column that is read. */
  int lastColumn() {
    return (columns - 1) * strideW + Arrays.stream(dw).max().orElse(0);
  }
}
