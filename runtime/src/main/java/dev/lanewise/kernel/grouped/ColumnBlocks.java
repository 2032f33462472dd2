package dev.lanewise.kernel.grouped;

import static dev.lanewise.kernel.Lanes.LANES;

import dev.lanewise.kernel.Lanes;

/**
 * The result's channels, cut into blocks of at most two vectors: several whole groups where groups
 * are narrow, part of one group where they are wide.
 */
final class ColumnBlocks {
  /** Columns of a block in memory, of which the last may be of no use. */
  static final int WIDTH = 2 * LANES;

  private final Groups groups;
  private final int groupsOfBlock;
  private final int blocksOfGroup;

  ColumnBlocks(Groups groups) {
    this.groups = groups;
    this.groupsOfBlock = Math.clamp(WIDTH / groups.out(), 1, groups.count());
    this.blocksOfGroup = groupsOfBlock > 1 ? 1 : Lanes.ceilDiv(groups.out(), WIDTH);
  }

  /** Returns the groups. */
  Groups groups() {
    return groups;
  }

  /**
   * Returns whether a block's columns read different inputs, which then have to be spread over the
   * lanes; otherwise one input goes to all of them.
   */
  boolean spread() {
    return groupsOfBlock > 1;
  }

  /** Returns whether column c of a block reads the block's input c. */
  boolean depthwise() {
    return spread() && groups.in() == 1 && groups.out() == 1;
  }

  /** Returns whether inputs have to be spread over the lanes by a copy. */
  boolean spreadByCopy() {
    return spread() && !depthwise();
  }

  /** Returns the number of blocks. */
  int count() {
    return Lanes.ceilDiv(groups.count(), groupsOfBlock) * blocksOfGroup;
  }

  /** Returns the channel of the result that is a block's first. */
  int firstOut(int block) {
    int first = block / blocksOfGroup * groupsOfBlock * groups.out();
    return first + block % blocksOfGroup * WIDTH;
  }

  /** Returns the number of channels of the result that a block makes. */
  int width(int block) {
    if (spread()) {
      return groupsIn(block) * groups.out();
    }
    return Math.min(WIDTH, groups.out() - block % blocksOfGroup * WIDTH);
  }

  /** Returns the input channel that is a block's first. */
  int firstIn(int block) {
    return block / blocksOfGroup * groupsOfBlock * groups.in();
  }

  /** Returns the number of input channels that blocks [block0, block1) read. */
  int inputs(int block0, int block1) {
    int last = block1 - 1;
    return firstIn(last) + groupsIn(last) * groups.in() - firstIn(block0);
  }

  /** Returns the number of channels of the result that blocks [block0, block1) make. */
  int outputs(int block0, int block1) {
    return firstOut(block1 - 1) + width(block1 - 1) - firstOut(block0);
  }

  private int groupsIn(int block) {
    return Math.min(groupsOfBlock, groups.count() - block / blocksOfGroup * groupsOfBlock);
  }

  /** Returns which of a block's groups a column belongs to; the last for columns without a use. */
  int groupOf(int column) {
    return Math.min(column / groups.out(), groupsOfBlock - 1);
  }
}
