package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.PackedMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a product that are of one kind: all of them in a forward pass, those of one phase of the
 * stride backward, or those of one place in small maps.
 *
 * @param gather the left matrix
 * @param weightsAt index of the right matrix's first value, relative to the call's weights
 * @param weights layout of the right matrix
 * @param phaseH dst's first row of the phase
 * @param phaseW dst's first column of the phase
 * @param depthBlocks the depth, cut into blocks that are multiplied one after another; at least one
 */
public record GemmPhase(
    Gather gather,
    int weightsAt,
    PackedMatrix weights,
    int phaseH,
    int phaseW,
    GemmPhase.DepthBlock[] depthBlocks) {
  /**
   * A block of depth: columns [k0, k1) of the left matrix.
   *
   * @param row the right matrix's row that belongs to k0
   */
  record DepthBlock(int k0, int k1, int row) {}

  /** A phase whose left matrix has a column for each row of the right one. */
  public static GemmPhase of(
      Gather gather, int weightsAt, PackedMatrix weights, int phaseH, int phaseW) {
    return of(gather, weightsAt, weights, phaseH, phaseW, Gemm.DEPTH);
  }

  private static GemmPhase of(
      Gather gather, int weightsAt, PackedMatrix weights, int phaseH, int phaseW, int depth) {
    List<DepthBlock> blocks = new ArrayList<>();
    cut(0, gather.depth(), 0, gather.unit(), depth, blocks);
    return make(gather, weightsAt, weights, phaseH, phaseW, blocks);
  }

  /**
   * A product that leaves out the terms that are zero because their tap lies outside the map: one
   * phase for each place of the map, where that is worth it; otherwise the one phase of all places.
   *
   * @param depth longest block of depth
   */
  public static GemmPhase[] byPlace(Gather gather, PackedMatrix weights, int depth) {
    if (!gather.isByPlace()) {
      return new GemmPhase[] {of(gather, 0, weights, 0, 0, depth)};
    }
    GemmPhase[] phases = new GemmPhase[gather.rowsH() * gather.rowsW()];
    for (int p = 0; p < phases.length; p++) {
      int i = p / gather.rowsW();
      int j = p % gather.rowsW();
      int[] taps = gather.tapsInside(i, j);
      List<DepthBlock> blocks = new ArrayList<>();
      int c = gather.channels();
      for (int t = 0; t < taps.length; ) {
        int end = t + 1;
        while (end < taps.length && taps[end] == taps[end - 1] + 1) {
          end++;
        }
        cut(t * c, end * c, taps[t] * c, LANES, depth, blocks);
        t = end;
      }
      phases[p] = make(gather.at(i, j, taps), 0, weights, i, j, blocks);
    }
    return phases;
  }

  private static GemmPhase make(
      Gather gather,
      int weightsAt,
      PackedMatrix weights,
      int phaseH,
      int phaseW,
      List<DepthBlock> blocks) {
    if (blocks.isEmpty()) {
      blocks.add(new DepthBlock(0, 0, 0));
    }
    DepthBlock[] array = blocks.toArray(new DepthBlock[0]);
    return new GemmPhase(gather, weightsAt, weights, phaseH, phaseW, array);
  }

  /** Cuts columns [from, to) into equal blocks of whole units. */
  private static void cut(int from, int to, int row, int unit, int depth, List<DepthBlock> blocks) {
    int count = Lanes.ceilDiv(to - from, depth);
    if (count == 0) {
      return;
    }
    int size = Math.min(depth, Lanes.roundUp(Lanes.ceilDiv(to - from, count), unit));
    for (int k = from; k < to; k += size) {
      blocks.add(new DepthBlock(k, Math.min(to, k + size), row + k - from));
    }
  }
}
