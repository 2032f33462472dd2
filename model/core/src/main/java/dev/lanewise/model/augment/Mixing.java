package dev.lanewise.model.augment;

import dev.lanewise.model.random.SplitMix;

/**
 * Puts a second image into an image, whose label is then shared with it. The second one has gone
 * through the operations that stand before this one.
 */
public interface Mixing extends Operation {
  /**
   * {@return how much of an image shall be its own, from 0 to 1; with 1 no second one is read}
   *
   * @param random where it comes from
   */
  double share(SplitMix random);

  /**
   * Mixes.
   *
   * @param image read and changed
   * @param other the second image, unchanged
   * @param share what {@link #share} gave
   * @param random where all that is drawn comes from
   * @return how much of the result is the image's own, which is its label's share
   */
  double mix(Canvas image, Canvas other, double share, SplitMix random);

  /** Leaves an image that is alone as it is. */
  @Override
  default void apply(Canvas image, SplitMix random) {}
}
