package dev.lanewise.model.data;

import dev.lanewise.model.random.SplitMix;
import java.util.stream.IntStream;

/**
 * Holds out the same share of every class, chosen by a seed. Both parts keep the data set's order.
 *
 * @param train indices of the images to train on
 * @param test indices of the images held out
 */
public record StratifiedSplit(int[] train, int[] test) {
  /**
   * Splits a data set.
   *
   * @param labels the class of each image
   * @param classes how many classes there are
   * @param share the share to hold out, in [0, 1); above 0 every class of two images or more has
   *     one in each part at least
   * @param seed decides which images are held out
   * @return the indices of both parts
   * @throws DataException where the share is outside
   */
  public static StratifiedSplit of(int[] labels, int classes, double share, long seed) {
    if (!(share >= 0 && share < 1)) {
      throw new DataException(
          "the validation split is a share of at least 0 and less than 1, got " + share);
    }
    boolean[] heldOut = new boolean[labels.length];
    for (int c = 0; c < classes; c++) {
      int label = c;
      int[] members = IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
      SplitMix.of(seed, 1, c).shuffle(members);
      int wanted = (int) Math.round(members.length * share);
      int count = share == 0 || members.length < 2 ? 0 : Math.clamp(wanted, 1, members.length - 1);
      for (int i = 0; i < count; i++) {
        heldOut[members[i]] = true;
      }
    }
    return new StratifiedSplit(
        IntStream.range(0, labels.length).filter(i -> !heldOut[i]).toArray(),
        IntStream.range(0, labels.length).filter(i -> heldOut[i]).toArray());
  }
}
