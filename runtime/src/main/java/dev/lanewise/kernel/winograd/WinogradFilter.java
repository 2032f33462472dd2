package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.gemm.WeightTransposition;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Turns packed 3x3 weights into Winograd's points, block by block. Each point has a matrix [IC, OC]
 * in panels [OC/NR][IC][NR]; for the gradient of the input, with taps in opposite order, a matrix
 * [OC, IC] in panels [IC/NR][OC][NR].
 */
public final class WinogradFilter {
  /** Most rows of a block: columns of one panel where the weights are transposed. */
  static final int ROWS = NR;

  /** Floats of a tap's block. */
  private static final int TAP = ROWS * NR;

  /** Floats of scratch memory: three taps, the same transposed, and what a transposition needs. */
  static final int SCRATCH = 6 * TAP + WeightTransposition.BUFFER;

  private final WinogradTransform transform;
  private final PackedMatrix weights;
  private final boolean backward;
  private final int ic;
  private final int rows;
  private final int columns;

  /** G, row by row. */
  private final float[] g;

  /**
   * Plans the transform.
   *
   * @param weights layout of the weights, [9*IC, OC]
   * @param backward whether the matrices are for the gradient of the input
   */
  public WinogradFilter(WinogradTransform transform, PackedMatrix weights, boolean backward) {
    this.transform = transform;
    this.weights = weights;
    this.backward = backward;
    this.ic = weights.rows() / 9;
    this.rows = backward ? weights.columns() : ic;
    this.columns = backward ? ic : weights.columns();
    this.g = matrix(transform);
  }

  /** Returns G: its columns are what each tap alone becomes. */
  private static float[] matrix(WinogradTransform transform) {
    float[] taps = new float[3 * LANES];
    for (int tap = 0; tap < 3; tap++) {
      taps[tap * LANES + tap] = 1;
    }
    float[] points = new float[transform.points * LANES];
    transform.filter(taps, 0, LANES, points, 0, LANES, LANES);
    return points;
  }

  /** Returns what transforms the weights. */
  WinogradTransform transform() {
    return transform;
  }

  /** Returns the number of points along one side. */
  int side() {
    return transform.points;
  }

  /** Returns the rows of a point's matrix. */
  int rows() {
    return rows;
  }

  /** Returns the panels of a point's matrix. */
  int panels() {
    return Lanes.ceilDiv(columns, NR);
  }

  /**
   * Makes a block of the matrices of the points in one row, from the weights at src[srcAt...].
   *
   * @param point the points' row
   * @param row first row of the block
   * @param count rows of the block, at most {@link #ROWS}
   * @param dst receives [count][NR] for each point, from index dstAt on
   * @param plane distance of points in dst
   * @param scratch {@link #SCRATCH} floats from index scratchAt on; may be dst
   */
  void block(
      float[] src,
      int srcAt,
      int point,
      int panel,
      int row,
      int count,
      float[] dst,
      int dstAt,
      int plane,
      float[] scratch,
      int scratchAt) {
    if (backward) {
      int from = srcAt + row / NR * weights.panelSize() + panel * NR * NR;
      int width = Math.min(NR, columns - panel * NR);
      combine(src, from, point, true, width * NR, scratch, scratchAt);
      transpose(width, count, scratch, scratchAt);
      // The taps of a row are in opposite order, too.
      int last = scratchAt + 5 * TAP;
      transform.filter(scratch, last, -TAP, dst, dstAt, plane, count * NR);
    } else {
      int from = srcAt + panel * weights.panelSize() + row * NR;
      combine(src, from, point, false, count * NR, scratch, scratchAt);
      transform.filter(scratch, scratchAt, TAP, dst, dstAt, plane, count * NR);
    }
  }

  /** The point's row of G times each of the three columns of taps. */
  private void combine(
      float[] src, int from, int point, boolean upward, int size, float[] dst, int at) {
    FloatVector g0 = FloatVector.broadcast(SPECIES, g[point * LANES + (upward ? 2 : 0)]);
    FloatVector g1 = FloatVector.broadcast(SPECIES, g[point * LANES + 1]);
    FloatVector g2 = FloatVector.broadcast(SPECIES, g[point * LANES + (upward ? 0 : 2)]);
    int tap = ic * NR;
    for (int kw = 0; kw < 3; kw++) {
      int w0 = from + kw * tap;
      int w1 = w0 + 3 * tap;
      int w2 = w1 + 3 * tap;
      int to = at + kw * TAP;
      for (int i = 0; i < size; i += LANES) {
        g0.mul(FloatVector.fromArray(SPECIES, src, w0 + i))
            .add(g1.mul(FloatVector.fromArray(SPECIES, src, w1 + i)))
            .add(g2.mul(FloatVector.fromArray(SPECIES, src, w2 + i)))
            .intoArray(dst, to + i);
      }
    }
  }

  /** Transposes the three blocks behind themselves. */
  private static void transpose(int width, int count, float[] scratch, int at) {
    int to = at + 3 * TAP;
    int buffer = at + 6 * TAP;
    if (width < NR) {
      Arrays.fill(scratch, to, buffer, 0f);
    }
    for (int kw = 0; kw < 3; kw++) {
      WeightTransposition.transpose(
          scratch, at + kw * TAP, width, count, scratch, to + kw * TAP, scratch, buffer);
    }
  }
}
