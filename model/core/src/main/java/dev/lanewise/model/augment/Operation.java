package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;

/**
 * One thing that is done to training images. Several threads call it at the same time, each with
 * its own image: what it needs for one call lies in the {@link Canvas}.
 */
@FunctionalInterface
public interface Operation {
  /**
   * Changes an image.
   *
   * @param image read and changed
   * @param random where all that is drawn comes from, and nothing else
   */
  void apply(Canvas image, SplitMix random);
}
