package dev.lanewise.processor.spec;

import java.util.List;

/**
 * A row of blocks of one kind.
 *
 * @param name the stage's name
 * @param block the block
 * @param filters filter counts, for the units that take theirs from the stage
 * @param repeat number of blocks
 * @param stride stride of the first block; the others have stride 1
 * @param firstBlock letter of the first block
 */
public record StageSpec(
    String name, BlockSpec block, List<Integer> filters, int repeat, int stride, char firstBlock) {
  /** Copies the list. */
  public StageSpec {
    filters = List.copyOf(filters);
  }

  /** Returns the letter of a block. */
  public String letter(int block) {
    return String.valueOf((char) (firstBlock + block));
  }

  /** Returns the stride of a block. */
  public int strideOf(int block) {
    return block == 0 ? stride : 1;
  }
}
