package dev.lanewise.model.data;

/**
 * The two parts of a data set, with the same image size and the same classes.
 *
 * @param train the images to train on
 * @param test the images held out for validation or test; null where there are none
 */
public record DatasetPair(ImageDataset train, ImageDataset test) {}
