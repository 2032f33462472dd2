package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

/**
 * The rows of a map that the results of a row read, with their border, for one block of columns: a
 * ring in a thread's memory, into which a row is copied when it is first read.
 *
 * <p>A pixel holds the block's inputs as the tile wants them: as they are where one input goes to
 * all columns; otherwise a row of columns for each input of a group, in which each column stands
 * for its group.
 */
final class SourceRows {
  private final Shape src;
  private final ColumnBlocks blocks;
  private final int slots;
  private final int minW;
  private final int columns;
  private final int pixelSize;
  private final int rowSize;
  private final int copyStride;

  /** For each vector of a block's columns: input of its first column, and of others from there. */
  private final int[] spreadFrom = new int[2];

  private final int[][] spreadIndices = new int[2][LANES];

  /** The indices as a shuffle of one vector; null where they reach further. */
  private VectorShuffle<Float> shuffleA;

  private VectorShuffle<Float> shuffleB;

  private Operand operand;
  private int image;
  private int block;
  private float[] local;
  private int ringAt;
  private int next;

  /**
   * Plans the rows.
   *
   * @param src shape of the map
   * @param places what its results read
   * @param blocks the results' columns
   */
  SourceRows(Shape src, Places places, ColumnBlocks blocks) {
    this.src = src;
    this.blocks = blocks;
    this.slots = places.maxH() - places.minH() + 1;
    this.minW = places.minW();
    this.columns = (places.columns() - 1) * places.strideW() + places.maxW() - minW + 1;
    this.pixelSize =
        blocks.spread() ? Math.multiplyExact(blocks.groups().in(), WIDTH) : blocks.groups().in();
    this.rowSize = Arena.aligned(Math.multiplyExact(columns, pixelSize) + LANES);
    this.copyStride = Lanes.roundUp(blocks.mostInputs(), LANES) + LANES;
    if (blocks.spread() && !blocks.depthwise()) {
      shuffleA = spread(0);
      shuffleB = spread(1);
    }
  }

  private VectorShuffle<Float> spread(int vector) {
    int in = blocks.groups().in();
    int[] indices = spreadIndices[vector];
    int from = blocks.groupOf(vector * LANES) * in;
    int reach = 0;
    for (int lane = 0; lane < LANES; lane++) {
      indices[lane] = blocks.groupOf(vector * LANES + lane) * in - from;
      reach = Math.max(reach, indices[lane]);
    }
    spreadFrom[vector] = from;
    return reach < LANES ? VectorShuffle.fromArray(SPECIES, indices, 0) : null;
  }

  /** Returns the floats of memory that it works in. */
  int floats() {
    int copies = blocks.spread() && !blocks.depthwise() ? src.w() * copyStride : 0;
    return Math.addExact(Math.multiplyExact(slots, rowSize), Arena.aligned(copies + 2 * WIDTH));
  }

  /** Returns the distance between the values of a column's pixels. */
  int pixelSize() {
    return pixelSize;
  }

  /**
   * Begins with no row copied.
   *
   * @param operand reads the map
   * @param image number of the image
   * @param block number of the block of columns
   * @param local the memory, from index at on
   */
  void open(Operand operand, int image, int block, float[] local, int at) {
    this.operand = operand;
    this.image = image;
    this.block = block;
    this.local = local;
    this.ringAt = at;
    this.next = Integer.MIN_VALUE;
  }

  /** Copies rows [first, last] where they are not there yet; earlier rows may go. */
  void need(int first, int last) {
    for (int row = Math.max(first, next); row <= last; row++) {
      copy(row);
    }
    next = Math.max(next, last + 1);
  }

  /** Returns where the pixel of column 0 of a row begins, which may lie before the row. */
  int at(int row) {
    return ringAt + Math.floorMod(row, slots) * rowSize - minW * pixelSize;
  }

  private void copy(int row) {
    int to = ringAt + Math.floorMod(row, slots) * rowSize;
    int end = to + columns * pixelSize;
    if (row < 0 || row >= src.h()) {
      Arrays.fill(local, to, end, 0f);
      return;
    }
    int left = Math.clamp(-minW, 0, columns);
    int from = Math.max(0, minW);
    int pixels = Math.max(0, Math.min(src.w() - from, columns - left));
    int first = to + left * pixelSize;
    Arrays.fill(local, to, first, 0f);
    int pixel = (image * src.h() + row) * src.w() + from;
    int channel = blocks.firstIn(block);
    int count = blocks.inputs(block);
    if (blocks.spread() && !blocks.depthwise()) {
      int copies = ringAt + slots * rowSize;
      operand.copyRows(pixel, pixels, channel, count, local, copies, copyStride);
      spread(pixels, copies, first);
    } else {
      operand.copyRows(pixel, pixels, channel, count, local, first, pixelSize);
    }
    Arrays.fill(local, first + pixels * pixelSize, end, 0f);
  }

  private void spread(int pixels, int copies, int to) {
    int in = blocks.groups().in();
    if (shuffleA != null && shuffleB != null) {
      shuffle(pixels, in, copies, to, shuffleA, shuffleB);
      return;
    }
    for (int p = 0; p < pixels; p++) {
      for (int i = 0; i < in; i++) {
        int at = to + p * pixelSize + i * WIDTH;
        for (int vector = 0; vector < 2; vector++) {
          int from = copies + p * copyStride + spreadFrom[vector] + i;
          int[] indices = spreadIndices[vector];
          for (int lane = 0; lane < LANES; lane++) {
            local[at + vector * LANES + lane] = local[from + indices[lane]];
          }
        }
      }
    }
  }

  private void shuffle(
      int pixels, int in, int copies, int to, VectorShuffle<Float> a, VectorShuffle<Float> b) {
    int fromA = copies + spreadFrom[0];
    int fromB = copies + spreadFrom[1];
    for (int p = 0; p < pixels; p++) {
      int at = to + p * pixelSize;
      for (int i = 0; i < in; i++) {
        FloatVector.fromArray(SPECIES, local, fromA + i).rearrange(a).intoArray(local, at);
        FloatVector.fromArray(SPECIES, local, fromB + i).rearrange(b).intoArray(local, at + LANES);
        at += WIDTH;
      }
      fromA += copyStride;
      fromB += copyStride;
    }
  }
}
