package dev.lanewise.processor.spec;

import java.util.List;

/**
 * What comes before the stages.
 *
 * @param units the units, in order
 * @param pool the pooling that follows
 */
public record StemSpec(List<UnitSpec> units, PoolSpec pool) {
  /** Copies the list. */
  public StemSpec {
    units = List.copyOf(units);
  }

  /**
   * Returns the channels of the stem's output.
   *
   * @param images channels of the images
   */
  public int channels(int images) {
    int channels = images;
    for (UnitSpec unit : units) {
      channels = unit.filters(StageNumbers.NONE, images, channels);
    }
    return channels;
  }
}
