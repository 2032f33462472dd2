package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.MR;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import java.util.Arrays;

/**
 * As {@link WeightGradient} for small maps, where many of a tap's pixels lie outside: each tap of
 * the window is a product of its own, over the pixels that it reads inside the map.
 */
public final class TapWeightGradient implements WeightProduct, Task {
  private final Scratch scratch;
  private final Gather gather;
  private final PackedMatrix weights;
  private final int channels;
  private final int range;
  private final int ranges;
  private final int groupPanels;
  private final int groups;

  /** For each tap: pixels of src that it reads inside the map, and the outputs that they reach. */
  private final int[][] read;

  private final int[][] reached;

  private Operand src;
  private Operand dDst;
  private float[] dWeights;
  private int dWeightsAt;

  /**
   * Plans the products of one shape.
   *
   * @param gather the forward pass's left matrix
   * @param weights layout of the result
   */
  public TapWeightGradient(Scratch scratch, Gather gather, PackedMatrix weights) {
    this.scratch = scratch;
    this.gather = gather;
    this.weights = weights;
    this.channels = gather.channels();
    int parts = Lanes.ceilDiv(channels, WeightGradient.RANGE);
    this.range = Lanes.roundUp(Lanes.ceilDiv(channels, parts), MR);
    this.ranges = Lanes.ceilDiv(channels, range);
    int wanted =
        Math.clamp(Lanes.ceilDiv(LEAST_TASKS, gather.taps() * ranges), 1, weights.panels());
    this.groupPanels = Lanes.ceilDiv(weights.panels(), wanted);
    this.groups = Lanes.ceilDiv(weights.panels(), groupPanels);
    scratch.reserve(WeightGradient.PANELS);
    this.read = new int[gather.taps()][];
    this.reached = new int[gather.taps()][];
    for (int tap = 0; tap < read.length; tap++) {
      listPixels(tap);
    }
  }

  private void listPixels(int tap) {
    int[] from = new int[gather.rows()];
    int[] to = new int[gather.rows()];
    int count = 0;
    int output = 0;
    for (int n = 0; n < gather.images(); n++) {
      for (int i = 0; i < gather.rowsH(); i++) {
        for (int j = 0; j < gather.rowsW(); j++) {
          int pixel = gather.pixel(n, i, j, tap);
          if (pixel >= 0) {
            from[count] = pixel;
            to[count++] = output;
          }
          output++;
        }
      }
    }
    read[tap] = Arrays.copyOf(from, count);
    reached[tap] = Arrays.copyOf(to, count);
  }

  private int tasks() {
    return gather.taps() * ranges * groups;
  }

  @Override
  public void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt) {
    this.src = src;
    this.dDst = dDst;
    this.dWeights = dWeights;
    this.dWeightsAt = dWeightsAt;
    scratch.pool().run(tasks(), this);
  }

  @Override
  public void run(int index, int thread) {
    int group = index % groups;
    int c0 = index / groups % ranges * range;
    int tap = index / (groups * ranges);
    int panel0 = group * groupPanels;
    int panel1 = Math.min(weights.panels(), panel0 + groupPanels);
    int width = Math.min(range, channels - c0);
    float[] local = scratch.local();
    int leftAt = scratch.localAt(thread);
    int rightAt = leftAt + WeightGradient.LEFT;
    int m = 0;
    do {
      int count = Math.min(WeightGradient.BLOCK, read[tap].length - m);
      for (int r = 0; r < count; r++) {
        src.copy(read[tap][m + r], c0, width, local, leftAt + r * WeightGradient.LEFT_STRIDE);
      }
      for (int panel = panel0; panel < panel1; panel++) {
        packRight(tap, m, count, panel, rightAt);
        int c = dWeightsAt + panel * weights.panelSize() + (tap * channels + c0) * NR;
        multiply(leftAt, rightAt, count, width, c, m > 0);
      }
      m += count;
    } while (m < read[tap].length);
    if (tap == gather.taps() - 1 && c0 + width == channels) {
      for (int panel = panel0; panel < panel1; panel++) {
        weights.clearPadding(panel, dWeights, dWeightsAt);
      }
    }
  }

  private void packRight(int tap, int m, int count, int panel, int at) {
    float[] local = scratch.local();
    int channel = panel * NR;
    int width = Math.min(NR, weights.columns() - channel);
    for (int r = 0; r < count; r++) {
      int to = at + r * NR;
      dDst.copy(reached[tap][m + r], channel, width, local, to);
      if (width < NR) {
        Arrays.fill(local, to + width, to + NR, 0f);
      }
    }
  }

  private void multiply(int leftAt, int rightAt, int count, int width, int c, boolean accumulate) {
    float[] local = scratch.local();
    int stride = WeightGradient.LEFT_STRIDE;
    int whole = width / MR * MR;
    for (int k = 0; k < whole; k += MR) {
      Tile.multiply(
          local,
          leftAt + k,
          1,
          stride,
          local,
          rightAt,
          NR,
          dWeights,
          c + k * NR,
          count,
          accumulate);
    }
    if (whole < width) {
      // The rest of a tile belongs to the next tap.
      int tile = rightAt + WeightGradient.BLOCK * NR;
      int rest = (width - whole) * NR;
      int to = c + whole * NR;
      if (accumulate) {
        System.arraycopy(dWeights, to, local, tile, rest);
      }
      Tile.multiply(
          local, leftAt + whole, 1, stride, local, rightAt, NR, local, tile, count, accumulate);
      System.arraycopy(local, tile, dWeights, to, rest);
    }
  }
}
