package dev.lanewise.processor.spec;

import dev.lanewise.spec.Stage;
import java.util.Map;

/**
 * A row of blocks of one kind.
 *
 * @param name the stage's name, in which placeholders may count blocks
 * @param block the block
 * @param numbers what units take from the stage
 * @param repeat number of blocks
 * @param stride stride of one block; the others have stride 1
 * @param strideAt which block that is
 * @param pool the pooling of what the last block makes
 * @param firstBlock letter of the first block
 * @param count how the blocks are told apart
 * @param before number of blocks in the stages before
 */
public record StageSpec(
    String name,
    BlockSpec block,
    StageNumbers numbers,
    int repeat,
    int stride,
    Stage.StrideAt strideAt,
    PoolSpec pool,
    char firstBlock,
    BlockCount count,
    int before) {
  /** Stands in a name for a block's number in the network, from 1. */
  public static final String ORDINAL = "ordinal";

  /** Stands in a name for the number of blocks before a block in the network. */
  public static final String BEFORE = "before";

  /** Stands in a name for a block's number in the stage, from 1. */
  public static final String NUMBER = "number";

  /** Returns what tells a block from the others: its letter, number or index, by {@link #count}. */
  public String block(int block) {
    return switch (count) {
      case LETTER -> String.valueOf((char) (firstBlock + block));
      case NUMBER -> String.valueOf(block + 1);
      case INDEX -> String.valueOf(block);
    };
  }

  /** Returns the stage's name in a block's names: {@code "2"}, or {@code "features.7"}. */
  public String nameIn(int block) {
    return pattern()
        .with(
            Map.of(
                NUMBER, String.valueOf(block + 1),
                ORDINAL, String.valueOf(before + block + 1),
                BEFORE, String.valueOf(before + block)))
        .text();
  }

  /** Returns whether the stage's name counts blocks. */
  public boolean counts() {
    return pattern().has(NUMBER) || pattern().has(ORDINAL) || pattern().has(BEFORE);
  }

  private NamePattern pattern() {
    return new NamePattern(name);
  }

  /** Returns how a block is called: {@code "2a"}, or {@code "features.7"}. */
  public String nameOf(int block) {
    return counts() ? nameIn(block) : count.name(name, block(block));
  }

  /**
   * Returns the stride of the block of an index: the stage's for its first or last block, else 1.
   */
  public int strideOf(int block) {
    return block == (strideAt == Stage.StrideAt.FIRST ? 0 : repeat - 1) ? stride : 1;
  }
}
