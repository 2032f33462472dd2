package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import java.util.Arrays;

/**
 * dWeights = gathered(src)^T * dDst: the gradient of a convolution's weights, in their packed
 * layout.
 *
 * <p>A task is a range of the weights' rows times a group of their panels times a slice of the
 * pixels. It walks over its pixels in blocks, copies a block of both operands into panels, unless
 * that was done once for all tasks, and adds the block's product to its part of the result. Where
 * one slice is not enough to keep all threads busy, the slices' results are partial and are added
 * up in order.
 */
public final class WeightGradient implements WeightProduct {
  /** Pixels of a block. */
  static final int BLOCK = 128;

  /** Weight rows of a task are a multiple of this: whole tiles, and whole vectors to copy. */
  static final int STEP = LANES == 16 ? 48 : MR * LANES;

  /** Most weight rows of a task. */
  static final int RANGE = Math.max(1, 192 / STEP) * STEP;

  /** Distance of the left panel's rows. */
  static final int LEFT_STRIDE = Arena.aligned(RANGE) + 16;

  /** Floats of the left panel. */
  static final int LEFT = Arena.aligned(BLOCK * LEFT_STRIDE);

  /** Most panels of the right operand that are copied together, row by row. */
  private static final int RIGHT_PANELS = Gemm.KEPT_PANELS;

  /** Floats of a panel of the right operand's block that is packed once. */
  private static final int PACKED_RIGHT = BLOCK * NR;

  /** Most floats of the right operand's block. */
  private static final int RIGHT = BLOCK * rightStride(RIGHT_PANELS);

  /** Most floats of operands that are packed once for all tasks. */
  private static final int PACKED = 1 << 21;

  /** Floats of both operands' blocks and of a tile. */
  static final int PANELS = LEFT + RIGHT + MR * NR;

  /** Tasks that each thread should have at least, if groups of panels can make them. */
  private static final int OWN_TASKS = 8;

  /** Least pixels of a slice. */
  private static final int SLICE = 512;

  private final Scratch scratch;
  private final Gather gather;
  private final PackedMatrix weights;
  private final int pixels;
  private final int range;
  private final int ranges;
  private final int groupPanels;
  private final int groups;
  private final int slicePixels;
  private final int slices;
  private final int blocks;
  private final boolean packedOnce;
  private final int rightPanels;
  private final int rightStride;
  private final Task packOnce = this::packOnce;
  private final Task multiply = this::multiply;
  private final PartialSums sums;

  private Operand src;
  private Operand dDst;

  /** All blocks of the left operand by range, then of the right one by panel. */
  private float[] packed;

  /**
   * Plans the products of one shape.
   *
   * @param gather the forward pass's left matrix
   * @param weights layout of the result
   */
  public WeightGradient(Scratch scratch, Gather gather, PackedMatrix weights) {
    this.scratch = scratch;
    this.gather = gather;
    this.weights = weights;
    this.pixels = gather.rows();
    int depth = weights.rows();
    this.range = Lanes.roundUp(Lanes.ceilDiv(depth, Lanes.ceilDiv(depth, RANGE)), STEP);
    this.ranges = Lanes.ceilDiv(depth, range);
    int panels = weights.panels();
    int halves = Math.min(2, panels);
    int wanted =
        Math.clamp(Lanes.ceilDiv(LEAST_TASKS, ranges * halves), 1, Math.max(1, pixels / SLICE));
    this.slicePixels = Lanes.roundUp(Lanes.ceilDiv(pixels, wanted), 4);
    this.slices = Lanes.ceilDiv(pixels, slicePixels);
    this.sums = new PartialSums(scratch, slices, weights.size());
    // Groups copy the left operand once each; what is added to what does not depend on them.
    int tasks = OWN_TASKS * scratch.pool().threads();
    int parts = Math.clamp(Lanes.ceilDiv(tasks, ranges * slices), 1, panels);
    this.groupPanels = Lanes.ceilDiv(panels, parts);
    this.groups = Lanes.ceilDiv(panels, groupPanels);
    this.blocks = Lanes.ceilDiv(pixels, BLOCK);
    boolean often = groups * depth + ranges * weights.columns() > 2 * (depth + weights.columns());
    scratch.reserve(PANELS);
    this.packedOnce = slices == 1 && often && packedSize() <= PACKED;
    this.rightPanels = Math.min(groupPanels, RIGHT_PANELS);
    this.rightStride = packedOnce ? NR : rightStride(rightPanels);
  }

  /** Distance of rows of some panels: not a multiple of 256 bytes, to fall into different sets. */
  private static int rightStride(int panels) {
    int columns = panels * NR;
    return panels > 1 && columns % 64 == 0 ? columns + 16 : columns;
  }

  private long packedSize() {
    return (long) blocks * (ranges * LEFT + weights.panels() * PACKED_RIGHT);
  }

  private int tasks() {
    return ranges * groups * slices;
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    sums.begin(dWeights, dWeightsAt);
    if (packedOnce) {
      packed = scratch.partials((int) packedSize());
      scratch.pool().run(blocks * (ranges + weights.panels()), packOnce);
    }
    scratch.pool().run(tasks(), multiply);
    sums.end();
  }

  private void packOnce(int index, int thread) {
    int pixel = index % blocks * BLOCK;
    int count = Math.min(BLOCK, pixels - pixel);
    int part = index / blocks;
    if (part < ranges) {
      int k0 = part * range;
      int k1 = Math.min(weights.rows(), k0 + range);
      packLeft(pixel, count, k0, k1, packed, Arena.FIRST + index * LEFT);
    } else {
      int panel = part - ranges;
      packRight(pixel, count, panel, panel + 1, packed, packedRight(panel, pixel));
    }
  }

  private int packedRight(int panel, int pixel) {
    int index = panel * blocks + pixel / BLOCK;
    return Arena.FIRST + blocks * ranges * LEFT + index * PACKED_RIGHT;
  }

  private void multiply(int index, int thread) {
    int group = index % groups;
    int k0 = index / groups % ranges * range;
    int slice = index / (groups * ranges);
    int k1 = Math.min(weights.rows(), k0 + range);
    int panel0 = group * groupPanels;
    int panel1 = Math.min(weights.panels(), panel0 + groupPanels);
    int first = slice * slicePixels;
    int last = Math.min(pixels, first + slicePixels);
    float[] operands = packedOnce ? packed : scratch.local();
    int leftAt = scratch.localAt(thread);
    int rightAt = leftAt + LEFT;
    int resultAt = sums.targetAt(slice);
    for (int m = first; m < last; m += BLOCK) {
      int count = Math.min(BLOCK, last - m);
      if (packedOnce) {
        leftAt = Arena.FIRST + (k0 / range * blocks + m / BLOCK) * LEFT;
      } else {
        packLeft(m, count, k0, k1, operands, leftAt);
      }
      for (int panel = panel0; panel < panel1; panel++) {
        int place = (panel - panel0) % rightPanels;
        int right = packedOnce ? packedRight(panel, m) : rightAt + place * NR;
        if (!packedOnce && place == 0) {
          int end = Math.min(panel1, panel + rightPanels);
          packRight(m, count, panel, end, operands, rightAt);
        }
        int c = resultAt + panel * weights.panelSize() + k0 * NR;
        int columns = Math.min(NR, weights.columns() - panel * NR);
        for (int k = 0; k < k1 - k0; k += MR) {
          if (m == first) {
            Tile.clearBeyond(sums.target(), c + k * NR, columns);
          }
          Tile.multiply(
              operands,
              leftAt + k,
              1,
              LEFT_STRIDE,
              operands,
              right,
              rightStride,
              sums.target(),
              c + k * NR,
              count,
              m > first,
              columns);
        }
      }
    }
  }

  private void packLeft(int pixel, int count, int k0, int k1, float[] dst, int at) {
    gather.pack(src, pixel, count, k0, k1, dst, at, LEFT_STRIDE);
    int padded = Lanes.roundUp(k1 - k0, MR);
    if (padded > k1 - k0) {
      // The last range's padding rows of the result must become zero.
      for (int r = 0; r < count; r++) {
        Arrays.fill(dst, at + r * LEFT_STRIDE + k1 - k0, at + r * LEFT_STRIDE + padded, 0f);
      }
    }
  }

  /** Copies panels [panel, end). */
  private void packRight(int pixel, int count, int panel, int end, float[] dst, int at) {
    int channel = panel * NR;
    int columns = (end - panel) * NR;
    int width = Math.min(columns, weights.columns() - channel);
    dDst.copyRows(pixel, count, channel, width, dst, at, rightStride);
    if (width < columns) {
      for (int r = 0; r < count; r++) {
        int row = at + r * rightStride;
        Arrays.fill(dst, row + width, row + columns, 0f);
      }
    }
  }
}
