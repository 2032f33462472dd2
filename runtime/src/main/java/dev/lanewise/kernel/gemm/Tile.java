package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import java.util.Arrays;

/** The innermost matrix product, on a tile of MR x NR results that stays in registers. */
public final class Tile {
  private Tile() {}

  /**
   * c[i][j] (+)= sum over k of a[aAt + i*aRow + k*aStep] * b[bAt + k*bStep + j], for i below MR and
   * j below NR; c has rows of NR.
   *
   * @param depth number of terms
   * @param accumulate whether c's old values are added to
   */
  public static void multiply(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int depth,
      boolean accumulate) {
    if (LANES == 16) {
      Tile6x4.multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    } else {
      Tile5x2.multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    }
  }

  /**
   * As {@link #multiply(float[], int, int, int, float[], int, int, float[], int, int, boolean)},
   * for j below a number of columns; what of c's rows lies beyond may be anything.
   *
   * @param columns from 1 to NR
   */
  public static void multiply(
      float[] a,
      int aAt,
      int aRow,
      int aStep,
      float[] b,
      int bAt,
      int bStep,
      float[] c,
      int cAt,
      int depth,
      boolean accumulate,
      int columns) {
    if (LANES != 16 || columns > 3 * LANES) {
      multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    } else if (columns > 2 * LANES) {
      Tile6x3.multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    } else if (columns > LANES) {
      Tile6x2.multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    } else {
      Tile6x1.multiply(a, aAt, aRow, aStep, b, bAt, bStep, c, cAt, depth, accumulate);
    }
  }

  /** Clears what a product of so many columns does not write. */
  static void clearBeyond(float[] c, int cAt, int columns) {
    int from = Lanes.roundUp(columns, LANES);
    if (from < NR) {
      for (int i = 0; i < MR; i++) {
        Arrays.fill(c, cAt + i * NR + from, cAt + (i + 1) * NR, 0f);
      }
    }
  }
}
