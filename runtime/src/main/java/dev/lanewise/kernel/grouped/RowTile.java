package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * As {@link GroupTile} for four results of a depthwise convolution with three taps in a row, of
 * which neighbours read pixels beside each other: six pixels are read once for all of them.
 */
final class RowTile {
  /** Taps of a row. */
  static final int TAPS = 3;

  private RowTile() {}

  /**
   * Computes four results.
   *
   * @param x the pixels' values
   * @param at for each row of taps the pixel that the first of all results reads
   * @param rows number of rows of taps
   * @param from distance of the pixel that these results' first one reads
   * @param step distance between pixels
   * @param weights [rows][3][weightStep], from index weightsAt on
   * @param tile overwritten from index to on
   * @param rowStride distance between its rows
   */
  static void four(
      float[] x,
      int[] at,
      int rows,
      int from,
      int step,
      float[] weights,
      int weightsAt,
      int weightStep,
      float[] tile,
      int to,
      int rowStride) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int row = 0; row < rows; row++) {
      int p = at[row] + from;
      FloatVector w0a = FloatVector.fromArray(SPECIES, weights, w);
      FloatVector w1a = FloatVector.fromArray(SPECIES, weights, w + weightStep);
      FloatVector w2a = FloatVector.fromArray(SPECIES, weights, w + 2 * weightStep);
      FloatVector x0a = FloatVector.fromArray(SPECIES, x, p);
      a0 = x0a.fma(w0a, a0);
      FloatVector x1a = FloatVector.fromArray(SPECIES, x, p + step);
      a0 = x1a.fma(w1a, a0);
      a1 = x1a.fma(w0a, a1);
      FloatVector x2a = FloatVector.fromArray(SPECIES, x, p + 2 * step);
      a0 = x2a.fma(w2a, a0);
      a1 = x2a.fma(w1a, a1);
      a2 = x2a.fma(w0a, a2);
      FloatVector x3a = FloatVector.fromArray(SPECIES, x, p + 3 * step);
      a1 = x3a.fma(w2a, a1);
      a2 = x3a.fma(w1a, a2);
      a3 = x3a.fma(w0a, a3);
      FloatVector x4a = FloatVector.fromArray(SPECIES, x, p + 4 * step);
      a2 = x4a.fma(w2a, a2);
      a3 = x4a.fma(w1a, a3);
      FloatVector x5a = FloatVector.fromArray(SPECIES, x, p + 5 * step);
      a3 = x5a.fma(w2a, a3);
      FloatVector w0b = FloatVector.fromArray(SPECIES, weights, w + LANES);
      FloatVector w1b = FloatVector.fromArray(SPECIES, weights, w + weightStep + LANES);
      FloatVector w2b = FloatVector.fromArray(SPECIES, weights, w + 2 * weightStep + LANES);
      FloatVector x0b = FloatVector.fromArray(SPECIES, x, p + LANES);
      b0 = x0b.fma(w0b, b0);
      FloatVector x1b = FloatVector.fromArray(SPECIES, x, p + step + LANES);
      b0 = x1b.fma(w1b, b0);
      b1 = x1b.fma(w0b, b1);
      FloatVector x2b = FloatVector.fromArray(SPECIES, x, p + 2 * step + LANES);
      b0 = x2b.fma(w2b, b0);
      b1 = x2b.fma(w1b, b1);
      b2 = x2b.fma(w0b, b2);
      FloatVector x3b = FloatVector.fromArray(SPECIES, x, p + 3 * step + LANES);
      b1 = x3b.fma(w2b, b1);
      b2 = x3b.fma(w1b, b2);
      b3 = x3b.fma(w0b, b3);
      FloatVector x4b = FloatVector.fromArray(SPECIES, x, p + 4 * step + LANES);
      b2 = x4b.fma(w2b, b2);
      b3 = x4b.fma(w1b, b3);
      FloatVector x5b = FloatVector.fromArray(SPECIES, x, p + 5 * step + LANES);
      b3 = x5b.fma(w2b, b3);
      w += TAPS * weightStep;
    }
    a0.intoArray(tile, to);
    b0.intoArray(tile, to + LANES);
    a1.intoArray(tile, to + rowStride);
    b1.intoArray(tile, to + rowStride + LANES);
    a2.intoArray(tile, to + 2 * rowStride);
    b2.intoArray(tile, to + 2 * rowStride + LANES);
    a3.intoArray(tile, to + 3 * rowStride);
    b3.intoArray(tile, to + 3 * rowStride + LANES);
  }
}
