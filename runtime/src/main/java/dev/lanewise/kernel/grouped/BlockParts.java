package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.TaskSizes.LEAST_TASKS;
import static dev.lanewise.kernel.grouped.ColumnBlocks.WIDTH;

import dev.lanewise.kernel.Lanes;

/**
 * The blocks of columns cut into parts that are a task's: so many as there have to be tasks, and so
 * narrow that a few rows of them stay in a core's own cache.
 */
final class BlockParts {
  /** Most columns of a part, unless one block has more. */
  static final int COLUMNS = 256;

  private final ColumnBlocks blocks;
  private final int count;
  private final int size;

  /**
   * Cuts.
   *
   * @param bands tasks that there are for each part
   */
  BlockParts(ColumnBlocks blocks, int bands) {
    this.blocks = blocks;
    int most = Math.max(1, COLUMNS / WIDTH);
    int wanted = Math.max(Lanes.ceilDiv(LEAST_TASKS, bands), Lanes.ceilDiv(blocks.count(), most));
    this.size = Lanes.ceilDiv(blocks.count(), Math.min(blocks.count(), wanted));
    this.count = Lanes.ceilDiv(blocks.count(), size);
  }

  /** Returns the number of parts. */
  int count() {
    return count;
  }

  /** Returns the first block of a part. */
  int first(int part) {
    return part * size;
  }

  /** Returns the block after the last of a part. */
  int last(int part) {
    return Math.min(blocks.count(), (part + 1) * size);
  }

  /** Returns the most channels that a part reads. */
  int mostInputs() {
    int most = 0;
    for (int part = 0; part < count; part++) {
      most = Math.max(most, blocks.inputs(first(part), last(part)));
    }
    return most;
  }

  /** Returns the distance of rows of a part's results, of which the last block has all columns. */
  int rowStride() {
    int most = 0;
    for (int part = 0; part < count; part++) {
      int last = last(part) - 1;
      most = Math.max(most, blocks.firstOut(last) + WIDTH - blocks.firstOut(first(part)));
    }
    return SourceRows.pixelSize(most);
  }
}
