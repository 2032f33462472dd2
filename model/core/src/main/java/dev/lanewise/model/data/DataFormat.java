package dev.lanewise.model.data;

import java.nio.file.Path;

/**
 * A form in which labelled images lie on the disk.
 *
 * <p>A form of a user's own is found by {@link java.util.ServiceLoader}, and asked before those of
 * this module. Its class has a public constructor without parameters.
 */
public interface DataFormat {
  /**
   * Returns what a path has to be, for messages.
   *
   * @return a noun and what belongs to it: "a folder of JPEG files"
   */
  String description();

  /**
   * Returns whether a path is meant to be of this form, by a look at names or a file's start. What
   * is wrong with it then, if anything, is for {@link #open} to say.
   *
   * @param path a file or folder that exists
   * @return whether it is of this form
   */
  boolean recognises(Path path);

  /**
   * Opens a data set.
   *
   * @param path what this form recognises
   * @param shape what the images are converted to
   * @param validationSplit the share of each class, from 0 to below 1, that is held out where the
   *     path has no test part of its own; with 0 there is then no test part
   * @param seed decides which images are held out
   * @param listener hears of the images loaded
   * @return both parts
   * @throws DataException where there is no usable data set, saying what is required and what was
   *     got
   */
  DatasetPair open(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener);

  /**
   * Opens the part that a trained model is evaluated on: the test part where there is one, else all
   * of it.
   *
   * @param path what this form recognises
   * @param shape what the images are converted to
   * @return the images
   * @throws DataException where there is no usable data set
   */
  ImageDataset openForEvaluation(Path path, ImageShape shape);
}
