package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;

/**
 * Rearranges packed weights [KH*KW*IC, OC] for the gradient of the input: for each phase of the
 * stride a packed matrix [taps*OC, IC].
 */
public final class WeightTransposition implements Task {
  /** Floats that the transposition of a block needs. */
  public static final int BUFFER = 16 * 16;

  private final Scratch scratch;
  private final PackedMatrix weights;
  private final int ic;
  private final int oc;
  private final int panels;
  private final int[] tapOfTask;
  private final int[] rowOfTask;
  private final PackedMatrix[] matrixOfTask;
  private final int[] startOfTask;
  private final int size;

  private float[] src;
  private int srcAt;
  private float[] dst;
  private int dstAt;

  /**
   * Plans the rearrangement.
   *
   * @param taps the window's places of each phase
   * @param matrices the layout of each phase
   * @param at where each phase begins, and the end
   */
  public WeightTransposition(
      Scratch scratch,
      PackedMatrix weights,
      int ic,
      int oc,
      int[][] taps,
      PackedMatrix[] matrices,
      int[] at) {
    this.scratch = scratch;
    this.weights = weights;
    this.ic = ic;
    this.oc = oc;
    this.panels = Lanes.ceilDiv(ic, NR);
    this.size = at[taps.length];
    scratch.reserve(BUFFER);
    int tasks = 0;
    for (int[] phase : taps) {
      tasks += phase.length;
    }
    this.tapOfTask = new int[tasks];
    this.rowOfTask = new int[tasks];
    this.matrixOfTask = new PackedMatrix[tasks];
    this.startOfTask = new int[tasks];
    int task = 0;
    for (int p = 0; p < taps.length; p++) {
      for (int t = 0; t < taps[p].length; t++) {
        tapOfTask[task] = taps[p][t];
        rowOfTask[task] = t * oc;
        matrixOfTask[task] = matrices[p];
        startOfTask[task] = at[p];
        task++;
      }
    }
  }

  /** Returns the floats of all phases' matrices. */
  int size() {
    return size;
  }

  /** Rearranges weights at src[srcAt...] into dst[dstAt...]. */
  void run(float[] src, int srcAt, float[] dst, int dstAt) {
    this.src = src;
    this.srcAt = srcAt;
    this.dst = dst;
    this.dstAt = dstAt;
    scratch.pool().run(tapOfTask.length * panels, this);
  }

  @Override
  public void run(int index, int thread) {
    int task = index / panels;
    int panel = index % panels;
    int width = Math.min(NR, ic - panel * NR);
    int from = srcAt + (tapOfTask[task] * ic + panel * NR) * NR;
    int to =
        dstAt + startOfTask[task] + panel * matrixOfTask[task].panelSize() + rowOfTask[task] * NR;
    int bufferAt = scratch.localAt(thread);
    for (int o = 0; o < oc; o += NR) {
      transpose(
          src,
          from + o / NR * weights.panelSize(),
          width,
          Math.min(NR, oc - o),
          dst,
          to + o * NR,
          scratch.local(),
          bufferAt);
    }
  }

  /**
   * Transposes width rows of count columns: blocks of 16 x 16 in registers, the rest one by one.
   *
   * @param src rows of NR, from index from on
   * @param dst receives rows of NR, from index to on
   * @param buffer {@link #BUFFER} values from index bufferAt on are overwritten
   */
  public static void transpose(
      float[] src,
      int from,
      int width,
      int count,
      float[] dst,
      int to,
      float[] buffer,
      int bufferAt) {
    int rows = Transposition16.WORKS ? width & -16 : 0;
    int columns = rows == 0 ? 0 : count & -16;
    for (int i = 0; i < rows; i += 16) {
      for (int o = 0; o < columns; o += 16) {
        Transposition16.run(src, from + i * NR + o, dst, to + o * NR + i, NR, buffer, bufferAt);
      }
    }
    for (int i = 0; i < width; i++) {
      int row = from + i * NR;
      for (int o = i < rows ? columns : 0; o < count; o++) {
        dst[to + o * NR + i] = src[row + o];
      }
    }
  }
}
