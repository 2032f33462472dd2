package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * The register tile: four neighbouring results of two vectors of columns, or one where a row has
 * fewer. Each tap's inputs are multiplied with the weights that all results share.
 */
final class GroupTile {
  /** Results of a tile. */
  private static final int RESULTS = 4;

  private GroupTile() {}

  /**
   * Computes results of one row.
   *
   * @param spread whether a pixel has a value for each column, or one for all
   * @param x the pixels' values
   * @param at for each tap the pixel that the first result reads
   * @param taps number of taps
   * @param step distance between what two neighbours read
   * @param inputs inputs of a tap
   * @param weights [taps][inputs][WIDTH], from index weightsAt on
   * @param results number of results
   * @param tile rows of NR, from index tileAt on, overwritten
   */
  static void multiply(
      boolean spread,
      float[] x,
      int[] at,
      int taps,
      int step,
      int inputs,
      float[] weights,
      int weightsAt,
      int results,
      float[] tile,
      int tileAt) {
    if (results < RESULTS) {
      for (int r = 0; r < results; r++) {
        int to = tileAt + r * NR;
        if (spread) {
          spreadOne(x, at, taps, r * step, inputs, weights, weightsAt, tile, to);
        } else {
          broadcastOne(x, at, taps, r * step, inputs, weights, weightsAt, tile, to);
        }
      }
      return;
    }
    for (int r = 0; r < results; r += RESULTS) {
      // The last tile ends where the row ends, and may compute some results again.
      int first = Math.min(r, results - RESULTS);
      int to = tileAt + first * NR;
      int from = first * step;
      if (spread) {
        spreadFour(x, at, taps, from, step, inputs, weights, weightsAt, tile, to);
      } else {
        broadcastFour(x, at, taps, from, step, inputs, weights, weightsAt, tile, to);
      }
    }
  }

  private static void spreadFour(
      float[] x,
      int[] at,
      int taps,
      int from,
      int step,
      int inputs,
      float[] weights,
      int weightsAt,
      float[] tile,
      int to) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int t = 0; t < taps; t++) {
      int p = at[t] + from;
      int end = w + inputs * WIDTH;
      for (; w < end; w += WIDTH, p += WIDTH) {
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
      }
    }
    a0.intoArray(tile, to);
    b0.intoArray(tile, to + LANES);
    a1.intoArray(tile, to + NR);
    b1.intoArray(tile, to + NR + LANES);
    a2.intoArray(tile, to + 2 * NR);
    b2.intoArray(tile, to + 2 * NR + LANES);
    a3.intoArray(tile, to + 3 * NR);
    b3.intoArray(tile, to + 3 * NR + LANES);
  }

  private static void spreadOne(
      float[] x,
      int[] at,
      int taps,
      int from,
      int inputs,
      float[] weights,
      int weightsAt,
      float[] tile,
      int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int t = 0; t < taps; t++) {
      int p = at[t] + from;
      int end = w + inputs * WIDTH;
      for (; w < end; w += WIDTH, p += WIDTH) {
        FloatVector wa = FloatVector.fromArray(SPECIES, weights, w);
        FloatVector wb = FloatVector.fromArray(SPECIES, weights, w + LANES);
        a = FloatVector.fromArray(SPECIES, x, p).fma(wa, a);
        b = FloatVector.fromArray(SPECIES, x, p + LANES).fma(wb, b);
      }
    }
    a.intoArray(tile, to);
    b.intoArray(tile, to + LANES);
  }

  private static void broadcastFour(
      float[] x,
      int[] at,
      int taps,
      int from,
      int step,
      int inputs,
      float[] weights,
      int weightsAt,
      float[] tile,
      int to) {
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector b0 = FloatVector.zero(SPECIES);
    FloatVector a1 = FloatVector.zero(SPECIES);
    FloatVector b1 = FloatVector.zero(SPECIES);
    FloatVector a2 = FloatVector.zero(SPECIES);
    FloatVector b2 = FloatVector.zero(SPECIES);
    FloatVector a3 = FloatVector.zero(SPECIES);
    FloatVector b3 = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int t = 0; t < taps; t++) {
      int p = at[t] + from;
      int end = w + inputs * WIDTH;
      for (; w < end; w += WIDTH, p++) {
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
      }
    }
    a0.intoArray(tile, to);
    b0.intoArray(tile, to + LANES);
    a1.intoArray(tile, to + NR);
    b1.intoArray(tile, to + NR + LANES);
    a2.intoArray(tile, to + 2 * NR);
    b2.intoArray(tile, to + 2 * NR + LANES);
    a3.intoArray(tile, to + 3 * NR);
    b3.intoArray(tile, to + 3 * NR + LANES);
  }

  private static void broadcastOne(
      float[] x,
      int[] at,
      int taps,
      int from,
      int inputs,
      float[] weights,
      int weightsAt,
      float[] tile,
      int to) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = FloatVector.zero(SPECIES);
    int w = weightsAt;
    for (int t = 0; t < taps; t++) {
      int p = at[t] + from;
      int end = w + inputs * WIDTH;
      for (; w < end; w += WIDTH, p++) {
        FloatVector xs = FloatVector.broadcast(SPECIES, x[p]);
        a = xs.fma(FloatVector.fromArray(SPECIES, weights, w), a);
        b = xs.fma(FloatVector.fromArray(SPECIES, weights, w + LANES), b);
      }
    }
    a.intoArray(tile, to);
    b.intoArray(tile, to + LANES);
  }
}
