package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The register tile: four neighbouring results of two vectors of columns, or one where a row has
 * fewer. Terms, which are inputs of taps, are multiplied with the weights that all results share.
 *
 * <p>Steps are parameters, also that of the weights: see {@link dev.lanewise.kernel.gemm.Tile5x2}.
 */
final class GroupTile {
  /** Results of a tile. */
  private static final int RESULTS = 4;

  private GroupTile() {}

  /**
   * Computes results of one row.
   *
   * @param spread whether a term has a value for each column, or one for all
   * @param x the pixels' values
   * @param at for each run of terms the first that the first result reads
   * @param runs number of runs
   * @param terms terms of a run
   * @param termStep distance between terms
   * @param step distance between what two neighbours read
   * @param weights [runs][terms][WIDTH], from index weightsAt on
   * @param results number of results
   * @param tile overwritten from index tileAt on
   * @param rowStride distance between its rows
   */
  static void multiply(
      boolean spread,
      float[] x,
      int[] at,
      int runs,
      int terms,
      int termStep,
      int step,
      float[] weights,
      int weightsAt,
      int results,
      float[] tile,
      int tileAt,
      int rowStride) {
    if (results < RESULTS) {
      for (int r = 0; r < results; r++) {
        int to = tileAt + r * rowStride;
        int from = r * step;
        if (spread) {
          spreadOne(x, at, runs, terms, termStep, from, weights, weightsAt, WIDTH, tile, to);
        } else {
          broadcastOne(x, at, runs, terms, termStep, from, weights, weightsAt, WIDTH, tile, to);
        }
      }
      return;
    }
    boolean inRow = spread && terms == RowTile.TAPS && step == termStep;
    for (int r = 0; r < results; r += RESULTS) {
      // The last tile ends where the row ends, and may compute some results again.
      int first = Math.min(r, results - RESULTS);
      int to = tileAt + first * rowStride;
      int from = first * step;
      if (inRow) {
        RowTile.four(x, at, runs, from, step, weights, weightsAt, WIDTH, tile, to, rowStride);
      } else if (spread) {
        spreadFour(
            x, at, runs, terms, termStep, from, step, weights, weightsAt, WIDTH, tile, to,
            rowStride);
      } else {
        broadcastFour(
            x, at, runs, terms, termStep, from, step, weights, weightsAt, WIDTH, tile, to,
            rowStride);
      }
    }
  }

  private static void spreadFour(
      float[] x,
      int[] at,
      int runs,
      int terms,
      int termStep,
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
    for (int run = 0; run < runs; run++) {
      int p = at[run] + from;
      for (int k = 0; k < terms; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        a0 = FloatVector.fromArray(SPECIES, x, p).fma(wa, a0);
        b0 = FloatVector.fromArray(SPECIES, x, p + LANES).fma(wb, b0);
        a1 = FloatVector.fromArray(SPECIES, x, p + step).fma(wa, a1);
        b1 = FloatVector.fromArray(SPECIES, x, p + step + LANES).fma(wb, b1);
        a2 = FloatVector.fromArray(SPECIES, x, p + 2 * step).fma(wa, a2);
        b2 = FloatVector.fromArray(SPECIES, x, p + 2 * step + LANES).fma(wb, b2);
        a3 = FloatVector.fromArray(SPECIES, x, p + 3 * step).fma(wa, a3);
        b3 = FloatVector.fromArray(SPECIES, x, p + 3 * step + LANES).fma(wb, b3);
        w += weightStep;
        p += termStep;
      }
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

  private static void spreadOne(
      float[] x,
      int[] at,
      int runs,
      int terms,
      int termStep,
      int from,
      float[] weights,
      int weightsAt,
      int weightStep,
      float[] tile,
      int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int run = 0; run < runs; run++) {
      int p = at[run] + from;
      for (int k = 0; k < terms; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        a = FloatVector.fromArray(SPECIES, x, p).fma(wa, a);
        b = FloatVector.fromArray(SPECIES, x, p + LANES).fma(wb, b);
        w += weightStep;
        p += termStep;
      }
    }
    a.intoArray(tile, to);
    b.intoArray(tile, to + LANES);
  }

  private static void broadcastFour(
      float[] x,
      int[] at,
      int runs,
      int terms,
      int termStep,
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
    for (int run = 0; run < runs; run++) {
      int p = at[run] + from;
      for (int k = 0; k < terms; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        FloatVector x0 = FloatVector.broadcast(SPECIES, x[p]);
        a0 = x0.fma(wa, a0);
        b0 = x0.fma(wb, b0);
        FloatVector x1 = FloatVector.broadcast(SPECIES, x[p + step]);
        a1 = x1.fma(wa, a1);
        b1 = x1.fma(wb, b1);
        FloatVector x2 = FloatVector.broadcast(SPECIES, x[p + 2 * step]);
        a2 = x2.fma(wa, a2);
        b2 = x2.fma(wb, b2);
        FloatVector x3 = FloatVector.broadcast(SPECIES, x[p + 3 * step]);
        a3 = x3.fma(wa, a3);
        b3 = x3.fma(wb, b3);
        w += weightStep;
        p += termStep;
      }
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

  private static void broadcastOne(
      float[] x,
      int[] at,
      int runs,
      int terms,
      int termStep,
      int from,
      float[] weights,
      int weightsAt,
      int weightStep,
      float[] tile,
      int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int run = 0; run < runs; run++) {
      int p = at[run] + from;
      for (int k = 0; k < terms; k++) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        FloatVector xs = FloatVector.broadcast(SPECIES, x[p]);
        a = xs.fma(wa, a);
        b = xs.fma(wb, b);
        w += weightStep;
        p += termStep;
      }
    }
    a.intoArray(tile, to);
    b.intoArray(tile, to + LANES);
  }
}
