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
 * As {@link WinogradWeightGradient} for few channels: a task does everything for a stretch of
 * patches, so that neither points nor products leave its core. The stretches' results are added up.
 * A patch's points follow each other in memory, which is written faster than a matrix for each
 * point.
 */
public final class WinogradStretchGradient implements WeightProduct {
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
  public static final int SLOT =
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
  private final int stretch;
  private final int stretches;
  private final int leftStride;
  private final int rightStride;
  private final int leftPlane;
  private final int rightPlane;
  private final int outPanel;
  private final int outPlane;
  private final Task runStretch = this::runStretch;

  private Operand src;
  private Operand dDst;

  /** Plans the product of one shape; as {@link WinogradWeightGradient}. */
  public WinogradStretchGradient(
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
    this.stretch = Math.min(wanted, Math.max(least, BLOCKS * BLOCK));
    this.stretches = Lanes.ceilDiv(input.patches(), stretch);
    this.sums = new PartialSums(scratch, stretches, weights.size());
    this.leftPlane = WinogradPatches.stride(ic);
    this.rightPlane = WinogradPatches.stride(panels * NR);
    this.leftStride = (points + 1) * leftPlane;
    this.rightStride = (points + 1) * rightPlane;
    this.outPanel = Lanes.roundUp(ic, MR) * NR;
    this.outPlane = WinogradPatches.plane(panels * outPanel);
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
    scratch.pool().run(stretches, runStretch);
    sums.end();
  }

  private void runStretch(int index, int slot) {
    int first = index * stretch;
    int end = Math.min(input.patches(), first + stretch);
    float[] slots = scratch.slots();
    int scratchAt = scratch.slotAt(slot);
    int left = scratchAt + POINTS_AT;
    int right = left + BLOCK * leftStride;
    int products = right + BLOCK * rightStride;
    for (int patch = first; patch < end; patch += BLOCK) {
      int count = Math.min(BLOCK, end - patch);
      for (int p = 0; p < count; p++) {
        int to = left + p * leftStride;
        input.transform(src, patch + p, 0, slots, scratchAt, slots, to, leftPlane);
      }
      for (int p = 0; p < count; p++) {
        int to = right + p * rightStride;
        gradients.transform(dDst, patch + p, 0, slots, scratchAt, slots, to, rightPlane);
      }
      multiply(slots, left, right, products, count, patch > first);
    }
    for (int panel = 0; panel < panels; panel++) {
      taps.transform(
          panel,
          0,
          ic,
          slots,
          products + panel * outPanel,
          outPlane,
          sums.target(),
          sums.targetAt(index),
          slots,
          scratchAt);
    }
  }

  private void multiply(
      float[] slots, int left, int right, int products, int count, boolean accumulate) {
    for (int point = 0; point < points; point++) {
      int a = left + point * leftPlane;
      for (int panel = 0; panel < panels; panel++) {
        int b = right + point * rightPlane + panel * NR;
        int c = products + point * outPlane + panel * outPanel;
        for (int r = 0; r < ic; r += MR) {
          Tile.multiply(
              slots,
              a + r,
              1,
              leftStride,
              slots,
              b,
              rightStride,
              slots,
              c + r * NR,
              count,
              accumulate);
        }
      }
    }
  }
}
