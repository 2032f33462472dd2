package dev.lanewise.model.data;

import java.nio.file.Path;

/** Opens data sets. */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens the data set at a path, which is one of
   *
   * <ul>
   *   <li>a folder with one {@code train_*.h5} and one {@code test_*.h5} in the form of the SIGNS
   *       data set, or one such file;
   *   <li>a folder of JPEG and PNG files with a sub-folder per class, or with the class as the word
   *       that starts each file's name ({@code cat.12.jpg});
   *   <li>a folder with the sub-folders {@code train} and {@code test}, each as above.
   * </ul>
   *
   * @param path a folder or a file
   * @param height height that the images are resized to
   * @param width width that the images are resized to
   * @param validationSplit the share of each class that is held out where the path has no test part
   *     of its own; with 0 there is then no test part
   * @param seed decides which images are held out
   * @return both parts
   * @throws DataException where there is no usable data set
   */
  public static DatasetPair open(
      Path path, int height, int width, double validationSplit, long seed) {
    return open(path, height, width, validationSplit, seed, LoadListener.NONE);
  }

  /** Opens a data set as the method above does, and tells how far it has come. */
  public static DatasetPair open(
      Path path, int height, int width, double validationSplit, long seed, LoadListener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Opens the part of a data set that a trained model is evaluated on: the test part where the path
   * has one, else all of it.
   *
   * @throws DataException where there is no usable data set
   */
  public static ImageDataset openForEvaluation(Path path, int height, int width) {
    throw new UnsupportedOperationException();
  }

  /**
   * Draws the embedded data set: cartoon hands that hold up 0 to 5 fingers, 1080 to train on and
   * 120 held out, as many of each class.
   *
   * @param height height of the images
   * @param width width of the images
   * @param seed the seed; the test part is drawn from another part of its random stream
   * @return both parts
   */
  public static DatasetPair hands(int height, int width, long seed) {
    throw new UnsupportedOperationException();
  }

  /** Draws the held-out part alone of {@link #hands}. */
  public static ImageDataset handsForEvaluation(int height, int width, long seed) {
    throw new UnsupportedOperationException();
  }
}
