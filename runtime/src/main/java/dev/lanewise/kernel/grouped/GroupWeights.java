package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;

/**
 * The order of weights in which products read them, [block][taps][inputs of a group][WIDTH] with
 * zeros in columns without a use, and their place in the layout that networks keep them in, the
 * packed matrix [KH*KW*inputs of a group, output channels].
 */
final class GroupWeights implements Task {
  private final Scratch scratch;
  private final Groups groups;
  private final PackedMatrix layout;
  private final boolean transposed;
  private final int[] taps;
  private final ColumnBlocks blocks;

  private float[] packed;
  private int packedAt;
  private float[] dst;
  private int dstAt;

  /**
   * Plans the order for one phase.
   *
   * @param groups the convolution's groups
   * @param layout the packed matrix
   * @param transposed whether inputs and outputs change places, as for the gradient of the input
   * @param taps the window's places that are read
   */
  GroupWeights(
      Scratch scratch, Groups groups, PackedMatrix layout, boolean transposed, int[] taps) {
    this.scratch = scratch;
    this.groups = groups;
    this.layout = layout;
    this.transposed = transposed;
    this.taps = taps;
    this.blocks = new ColumnBlocks(transposed ? groups.transposed() : groups);
  }

  /** Returns the columns. */
  ColumnBlocks blocks() {
    return blocks;
  }

  /** Returns the floats of a block. */
  int blockSize() {
    return Math.multiplyExact(Math.multiplyExact(taps.length, blocks.groups().in()), WIDTH);
  }

  /** Returns the floats of all blocks. */
  int size() {
    return Math.multiplyExact(blocks.count(), blockSize());
  }

  /** Copies packed weights, from index packedAt on, in this order to dst, from index dstAt on. */
  void order(float[] packed, int packedAt, float[] dst, int dstAt) {
    this.packed = packed;
    this.packedAt = packedAt;
    this.dst = dst;
    this.dstAt = dstAt;
    scratch.pool().run(blocks.count(), this);
  }

  @Override
  public void run(int block, int thread) {
    int width = blocks.width(block);
    int to = dstAt + block * blockSize();
    for (int t = 0; t < taps.length; t++) {
      for (int input = 0; input < blocks.groups().in(); input++) {
        for (int c = 0; c < WIDTH; c++) {
          dst[to + c] = c < width ? packed[packedAt + index(t, input, block, c)] : 0;
        }
        to += WIDTH;
      }
    }
  }

  /** Returns where the packed matrix has a weight. */
  int index(int t, int input, int block, int column) {
    int channel = blocks.firstOut(block) + column;
    int in = input;
    int out = channel;
    if (transposed) {
      in = channel % groups.in();
      out = channel / groups.in() * groups.out() + input;
    }
    int row = taps[t] * groups.in() + in;
    return out / NR * layout.panelSize() + row * NR + out % NR;
  }
}
