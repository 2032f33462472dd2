package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;

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
}
