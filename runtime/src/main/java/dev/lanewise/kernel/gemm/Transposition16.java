package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposes a block of 16 x 16 values where vectors have 16 lanes. Four steps exchange halves of
 * ever smaller squares, of 16, 8, 4 and 2 lanes (Eklundh 1972); two steps at a time work on four
 * rows in registers.
 */
public final class Transposition16 {
  /** Whether vectors have the lanes for it; with fewer, single values were as fast. */
  static final boolean WORKS = LANES == 16;

  /** As ints, since two vectors are selected from by an index vector of their own type. */
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());

  private static final IntVector FIRST8 = selection(8, 0);
  private static final IntVector SECOND8 = selection(8, 1);
  private static final IntVector FIRST4 = selection(4, 0);
  private static final IntVector SECOND4 = selection(4, 1);
  private static final IntVector FIRST2 = selection(2, 0);
  private static final IntVector SECOND2 = selection(2, 1);
  private static final IntVector FIRST1 = selection(1, 0);
  private static final IntVector SECOND1 = selection(1, 1);

  private Transposition16() {}

  /**
   * Of two rows that lie distance apart, what belongs into the first or the second: alternating
   * runs of both, the second row's lanes counting from LANES on.
   */
  private static IntVector selection(int distance, int row) {
    int[] from = new int[LANES];
    for (int l = 0; l < LANES; l++) {
      boolean second = (l & distance) != 0;
      int lane = (l & ~distance) + row * distance;
      from[l] = second ? LANES + lane : lane;
    }
    return IntVector.fromArray(INTS, from, 0);
  }

  /**
   * Writes the transposed block.
   *
   * @param src the block from index at on
   * @param dst receives the result, from index to on
   * @param stride distance of rows in src and in dst
   * @param buffer 256 values from index bufferAt on are overwritten
   */
  static void run(
      float[] src, int at, float[] dst, int to, int stride, float[] buffer, int bufferAt) {
    for (int r = 0; r < 4; r++) {
      four(
          src,
          at + r * stride,
          4 * stride,
          buffer,
          bufferAt + r * 16,
          4 * 16,
          FIRST8,
          SECOND8,
          FIRST4,
          SECOND4);
    }
    for (int r = 0; r < 16; r += 4) {
      four(
          buffer,
          bufferAt + r * 16,
          16,
          dst,
          to + r * stride,
          stride,
          FIRST2,
          SECOND2,
          FIRST1,
          SECOND1);
    }
  }

  /** Two steps on four rows: the first on rows two apart, the second on neighbours. */
  private static void four(
      float[] src,
      int at,
      int srcStride,
      float[] dst,
      int to,
      int dstStride,
      IntVector farFirst,
      IntVector farSecond,
      IntVector nearFirst,
      IntVector nearSecond) {
    IntVector a = load(src, at);
    IntVector b = load(src, at + srcStride);
    IntVector c = load(src, at + 2 * srcStride);
    IntVector d = load(src, at + 3 * srcStride);
    IntVector ac = farFirst.selectFrom(a, c);
    IntVector ca = farSecond.selectFrom(a, c);
    IntVector bd = farFirst.selectFrom(b, d);
    IntVector db = farSecond.selectFrom(b, d);
    store(nearFirst.selectFrom(ac, bd), dst, to);
    store(nearSecond.selectFrom(ac, bd), dst, to + dstStride);
    store(nearFirst.selectFrom(ca, db), dst, to + 2 * dstStride);
    store(nearSecond.selectFrom(ca, db), dst, to + 3 * dstStride);
  }

  private static IntVector load(float[] src, int at) {
    return FloatVector.fromArray(SPECIES, src, at).reinterpretAsInts();
  }

  private static void store(IntVector values, float[] dst, int at) {
    values.reinterpretAsFloats().intoArray(dst, at);
  }
}
