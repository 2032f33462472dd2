package dev.lanewise.processor.spec;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a network's layers are named; null where Keras's numbers name them.
 *
 * @param conv convolutions of blocks
 * @param batchNorm batch normalisations of blocks
 * @param projectionConv convolutions of projections
 * @param projectionBatchNorm batch normalisations of projections
 * @param activation activations of units, or null
 * @param padding zero paddings of units, or null
 * @param add additions, or null
 * @param output activations after additions, or null
 * @param stemBatchNorm batch normalisations of the stem
 * @param stemActivation activations of the stem, or null
 * @param stemPadding zero paddings of the stem, or null
 */
public record NamesSpec(
    NamePattern conv,
    NamePattern batchNorm,
    NamePattern projectionConv,
    NamePattern projectionBatchNorm,
    NamePattern activation,
    NamePattern padding,
    NamePattern add,
    NamePattern output,
    NamePattern stemBatchNorm,
    NamePattern stemActivation,
    NamePattern stemPadding) {
  /** The placeholder for a layer's place in a trunk without shortcuts. */
  public static final String POSITION = "position";

  /** Returns whether a layer's place in the trunk is part of names. */
  public boolean hasPositions() {
    return ofBlocks().stream().anyMatch(pattern -> pattern.has(POSITION));
  }

  /** Returns the patterns in which stage and block can occur. */
  public List<NamePattern> ofBlocks() {
    return Stream.of(
            conv, batchNorm, projectionConv, projectionBatchNorm, activation, padding, add, output)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Returns how blocks are counted: as the patterns do, by number where none counts them. */
  public BlockCount count() {
    for (BlockCount count : BlockCount.values()) {
      if (ofBlocks().stream().anyMatch(pattern -> pattern.has(count.placeholder()))) {
        return count;
      }
    }
    return BlockCount.NUMBER;
  }
}
