package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import jdk.incubator.vector.FloatVector;

/**
 * Adds to the gradients of some weights what the results of one row give: three taps of one input
 * at a time, which share the gradients of the results.
 */
final class GroupGradientTile {
  /** Taps of a tile. */
  private static final int TAPS = 3;

  private GroupGradientTile() {}

  /**
   * Adds a row.
   *
   * @param spread whether a pixel has a value for each column, or one for all
   * @param x the pixels' values
   * @param at for each tap the pixel that the first result reads
   * @param taps number of taps
   * @param step distance between what two neighbours read
   * @param inputs inputs of a tap
   * @param gradientsAt index in x of the first result's gradients
   * @param gradientStep distance between the results' gradients
   * @param results number of results
   * @param sums [taps][inputs][WIDTH], from index sumsAt on
   */
  static void add(
      boolean spread,
      float[] x,
      int[] at,
      int taps,
      int step,
      int inputs,
      int gradientsAt,
      int gradientStep,
      int results,
      float[] sums,
      int sumsAt) {
    int tapSize = inputs * WIDTH;
    int inputStep = spread ? WIDTH : 1;
    for (int t = 0; t < taps; ) {
      boolean three = t + TAPS <= taps;
      for (int input = 0; input < inputs; input++) {
        int s = sumsAt + t * tapSize + input * WIDTH;
        int p = at[t] + input * inputStep;
        if (!three) {
          one(spread, x, p, step, gradientsAt, gradientStep, results, sums, s);
        } else if (spread) {
          int q = at[t + 1] + input * inputStep;
          int r = at[t + 2] + input * inputStep;
          spreadThree(
              x, p, q - p, r - p, step, gradientsAt, gradientStep, results, sums, s, tapSize);
        } else {
          int q = at[t + 1] + input * inputStep;
          int r = at[t + 2] + input * inputStep;
          broadcastThree(
              x, p, q - p, r - p, step, gradientsAt, gradientStep, results, sums, s, tapSize);
        }
      }
      t += three ? TAPS : 1;
    }
  }

  private static void spreadThree(
      float[] x,
      int from,
      int second,
      int third,
      int step,
      int gradientsAt,
      int gradientStep,
      int results,
      float[] sums,
      int s,
      int tapSize) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s + tapSize);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s + tapSize + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s + 2 * tapSize);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s + 2 * tapSize + LANES);
    int p = from;
    int g = gradientsAt;
    for (int r = 0; r < results; r++, p += step, g += gradientStep) {
      FloatVector ga = FloatVector.fromArray(SPECIES, x, g);
      FloatVector gb = FloatVector.fromArray(SPECIES, x, g + LANES);
      a0 = FloatVector.fromArray(SPECIES, x, p).fma(ga, a0);
      b0 = FloatVector.fromArray(SPECIES, x, p + LANES).fma(gb, b0);
      a1 = FloatVector.fromArray(SPECIES, x, p + second).fma(ga, a1);
      b1 = FloatVector.fromArray(SPECIES, x, p + second + LANES).fma(gb, b1);
      a2 = FloatVector.fromArray(SPECIES, x, p + third).fma(ga, a2);
      b2 = FloatVector.fromArray(SPECIES, x, p + third + LANES).fma(gb, b2);
    }
    a0.intoArray(sums, s);
    b0.intoArray(sums, s + LANES);
    a1.intoArray(sums, s + tapSize);
    b1.intoArray(sums, s + tapSize + LANES);
    a2.intoArray(sums, s + 2 * tapSize);
    b2.intoArray(sums, s + 2 * tapSize + LANES);
  }

  private static void broadcastThree(
      float[] x,
      int from,
      int second,
      int third,
      int step,
      int gradientsAt,
      int gradientStep,
      int results,
      float[] sums,
      int s,
      int tapSize) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, sums, s);
    FloatVector b0 = FloatVector.fromArray(SPECIES, sums, s + LANES);
    FloatVector a1 = FloatVector.fromArray(SPECIES, sums, s + tapSize);
    FloatVector b1 = FloatVector.fromArray(SPECIES, sums, s + tapSize + LANES);
    FloatVector a2 = FloatVector.fromArray(SPECIES, sums, s + 2 * tapSize);
    FloatVector b2 = FloatVector.fromArray(SPECIES, sums, s + 2 * tapSize + LANES);
    int p = from;
    int g = gradientsAt;
    for (int r = 0; r < results; r++, p += step, g += gradientStep) {
      FloatVector ga = FloatVector.fromArray(SPECIES, x, g);
      FloatVector gb = FloatVector.fromArray(SPECIES, x, g + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, x[p]);
      a0 = x0.fma(ga, a0);
      b0 = x0.fma(gb, b0);
      FloatVector x1 = FloatVector.broadcast(SPECIES, x[p + second]);
      a1 = x1.fma(ga, a1);
      b1 = x1.fma(gb, b1);
      FloatVector x2 = FloatVector.broadcast(SPECIES, x[p + third]);
      a2 = x2.fma(ga, a2);
      b2 = x2.fma(gb, b2);
    }
    a0.intoArray(sums, s);
    b0.intoArray(sums, s + LANES);
    a1.intoArray(sums, s + tapSize);
    b1.intoArray(sums, s + tapSize + LANES);
    a2.intoArray(sums, s + 2 * tapSize);
    b2.intoArray(sums, s + 2 * tapSize + LANES);
  }

  private static void one(
      boolean spread,
      float[] x,
      int from,
      int step,
      int gradientsAt,
      int gradientStep,
      int results,
      float[] sums,
      int s) {
    FloatVector a = FloatVector.fromArray(SPECIES, sums, s);
    FloatVector b = FloatVector.fromArray(SPECIES, sums, s + LANES);
    int p = from;
    int g = gradientsAt;
    for (int r = 0; r < results; r++, p += step, g += gradientStep) {
      FloatVector xa =
          spread ? FloatVector.fromArray(SPECIES, x, p) : FloatVector.broadcast(SPECIES, x[p]);
      FloatVector xb = spread ? FloatVector.fromArray(SPECIES, x, p + LANES) : xa;
      a = xa.fma(FloatVector.fromArray(SPECIES, x, g), a);
      b = xb.fma(FloatVector.fromArray(SPECIES, x, g + LANES), b);
    }
    a.intoArray(sums, s);
    b.intoArray(sums, s + LANES);
  }
}
