package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.gemm.PartialSums;
import dev.lanewise.kernel.gemm.Tile;
import dev.lanewise.kernel.gemm.WeightProduct;
import dev.lanewise.parallel.Task;

/**
 * As {@link WinogradWeightGradient} for few channels: a task does everything for a slice of the
 * patches, so that neither points nor products leave its core. The slices' results are added up. A
 * patch's points follow each other in memory, which is written faster than a matrix for each point.
 */
public final class WinogradSliceGradient implements WeightProduct {
  /** Most channels, of src and of dst. */
  private static final int CHANNELS = 64;

  /** Patches whose points are multiplied at a time. */
  private static final int BLOCK = 32;

  /** Tasks that a call should have, as far as whole blocks make them. */
  private static final int TASKS = 16;

  /**
   * Most blocks of a task, while tasks are not too many; longer ones transform and add up fewer
   * products, but share out worse.
   */
  private static final int BLOCKS = 3;

  /** Tasks from which on they become longer instead of more: each has a result to be added up. */
  private static final int MOST_TASKS = 64;

  /** Where points lie in a thread's memory, behind what transforms need. */
  private static final int POINTS_AT = Math.max(WinogradPatches.SCRATCH, WinogradTaps.SCRATCH);

  /** Floats per thread: points of src and dDst, and products. */
  private static final int LOCAL =
      POINTS_AT
          + 2 * BLOCK * 37 * WinogradPatches.stride(CHANNELS)
          + 36 * WinogradPatches.plane(Lanes.roundUp(CHANNELS, MR) * CHANNELS);

  private final Scratch scratch;
  private final WinogradPatches input;
  private final WinogradPatches gradients;
  private final WinogradTaps taps;
  private final PartialSums sums;
  private final int points;
  private final int ic;
  private final int panels;
  private final int slicePatches;
  private final int slices;
  private final int leftStride;
  private final int rightStride;
  private final int leftPlane;
  private final int rightPlane;
  private final int outPanel;
  private final int outPlane;
  private final Task runSlice = this::runSlice;

  private Operand src;
  private Operand dDst;

  /** Plans the product of one shape; as {@link WinogradWeightGradient}. */
  public WinogradSliceGradient(
      Scratch scratch,
      WinogradTransform transform,
      WinogradPatches input,
      WinogradPatches gradients,
      PackedMatrix weights) {
    this.scratch = scratch;
    this.input = input;
    this.gradients = gradients;
    this.taps = new WinogradTaps(transform, weights);
    this.points = transform.points * transform.points;
    this.ic = input.channels();
    this.panels = weights.panels();
    int wanted = Lanes.roundUp(Lanes.ceilDiv(input.patches(), TASKS), BLOCK);
    int least = Lanes.roundUp(Lanes.ceilDiv(input.patches(), MOST_TASKS), BLOCK);
    this.slicePatches = Math.min(wanted, Math.max(least, BLOCKS * BLOCK));
    this.slices = Lanes.ceilDiv(input.patches(), slicePatches);
    this.sums = new PartialSums(scratch, slices, weights.size());
    this.leftPlane = WinogradPatches.stride(ic);
    this.rightPlane = WinogradPatches.stride(panels * NR);
    this.leftStride = (points + 1) * leftPlane;
    this.rightStride = (points + 1) * rightPlane;
    this.outPanel = Lanes.roundUp(ic, MR) * NR;
    this.outPlane = WinogradPatches.plane(panels * outPanel);
    scratch.reserve(LOCAL);
  }

  /** Returns whether channels are few enough. */
  public static boolean fits(int ic, PackedMatrix weights) {
    return ic <= CHANNELS && weights.panels() * NR <= CHANNELS;
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    sums.begin(dWeights, dWeightsAt);
    scratch.pool().run(slices, runSlice);
    sums.end();
  }

  private void runSlice(int index, int thread) {
    int first = index * slicePatches;
    int end = Math.min(input.patches(), first + slicePatches);
    float[] local = scratch.local();
    int scratchAt = scratch.localAt(thread);
    int left = scratchAt + POINTS_AT;
    int right = left + BLOCK * leftStride;
    int products = right + BLOCK * rightStride;
    for (int patch = first; patch < end; patch += BLOCK) {
      int count = Math.min(BLOCK, end - patch);
      for (int p = 0; p < count; p++) {
        int to = left + p * leftStride;
        input.transform(src, patch + p, 0, local, scratchAt, local, to, leftPlane);
      }
      for (int p = 0; p < count; p++) {
        int to = right + p * rightStride;
        gradients.transform(dDst, patch + p, 0, local, scratchAt, local, to, rightPlane);
      }
      multiply(local, left, right, products, count, patch > first);
    }
    for (int panel = 0; panel < panels; panel++) {
      taps.transform(
          panel,
          0,
          ic,
          local,
          products + panel * outPanel,
          outPlane,
          sums.target(),
          sums.targetAt(index),
          local,
          scratchAt);
    }
  }

  private void multiply(
      float[] local, int left, int right, int products, int count, boolean accumulate) {
    for (int point = 0; point < points; point++) {
      int a = left + point * leftPlane;
      for (int panel = 0; panel < panels; panel++) {
        int b = right + point * rightPlane + panel * NR;
        int c = products + point * outPlane + panel * outPanel;
        for (int r = 0; r < ic; r += MR) {
          Tile.multiply(
              local,
              a + r,
              1,
              leftStride,
              local,
              b,
              rightStride,
              local,
              c + r * NR,
              count,
              accumulate);
        }
      }
    }
  }
}
