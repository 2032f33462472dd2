package dev.lanewise.model.data;

/**
 * The two parts of a data set, with the same image size and the same classes.
 *
 * @param train the images to train on
 * @param test the images held out for validation or test; null where there are none
 * @param heldOut whether they were held out of images that have no test part of their own
 */
public record DatasetPair(ImageDataset train, ImageDataset test, boolean heldOut) {
  /**
   * Puts the parts of a data set together that has a test part of its own, or none at all.
   *
   * @param train the images to train on
   * @param test the others; null where there are none
   */
  public DatasetPair(ImageDataset train, ImageDataset test) {
    this(train, test, false);
  }
}
