package dev.lanewise.model.data;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.service.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;

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
   *   <li>a folder with the sub-folders {@code train} and {@code test}, each as above;
   *   <li>a folder with {@code labels.csv}, a table of image files and what each is compared with,
   *       or with the sub-folders {@code train} and {@code test} that have one each;
   *   <li>what a {@link DataFormat} of the user's own recognises.
   * </ul>
   *
   * @param path a folder or a file
   * @param shape the size that the images are resized to, and the channels (1, 3 or 4) that they
   *     are converted to
   * @param validationSplit the share of each class that is held out where the path has no test part
   *     of its own; with 0 there is then no test part
   * @param seed decides which images are held out
   * @return both parts
   * @throws DataException where there is no usable data set
   */
  public static DatasetPair open(Path path, ImageShape shape, double validationSplit, long seed) {
    return open(path, shape, validationSplit, seed, LoadListener.NONE);
  }

  /**
   * Opens a data set as {@link #open(Path, ImageShape, double, long)} does, and tells how far it
   * has come.
   *
   * @param path a folder or a file
   * @param shape the size that the images are resized to, and the channels (1, 3 or 4) that they
   *     are converted to
   * @param validationSplit the share of each class that is held out where there is no test part
   * @param seed decides which images are held out
   * @param listener hears of the images loaded
   * @return both parts
   * @throws DataException where there is no usable data set
   */
  public static DatasetPair open(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    return format(path).open(path, shape, validationSplit, seed, listener);
  }

  /**
   * Opens the part of a data set that a trained model is evaluated on: the test part where the path
   * has one, else all of it. Of a folder of HDF5 files that is the one {@code test_*.h5}.
   *
   * @param path a folder or a file, as for {@link #open(Path, ImageShape, double, long)}
   * @param shape the size that the images are resized to, and the channels (1, 3 or 4) that they
   *     are converted to
   * @return the images
   * @throws DataException where there is no usable data set
   */
  public static ImageDataset openForEvaluation(Path path, ImageShape shape) {
    return format(path).openForEvaluation(path, shape);
  }

  /**
   * Draws the embedded data set: cartoon hands that hold up 0 to 5 fingers, 1080 to train on and
   * 120 held out, as many of each class.
   *
   * @param shape the images; colours are drawn, and converted to its channels
   * @param seed the seed; the test part is drawn from another part of its random stream
   * @return both parts
   */
  public static DatasetPair hands(ImageShape shape, long seed) {
    return hands(shape, seed, Hands.TRAIN_SIZE);
  }

  /**
   * Draws the embedded data set with another number of training images: as they cost nothing but
   * the drawing, more of them is the simplest way to a better network.
   *
   * @param shape the images; colours are drawn, and converted to its channels
   * @param seed the seed
   * @param trainSize number of images to train on, of which the first ones do not depend on it
   * @return both parts, the test part being that of {@link #hands(ImageShape, long)}
   */
  public static DatasetPair hands(ImageShape shape, long seed, int trainSize) {
    long bytes = (long) shape.size() * (trainSize + Hands.TEST_SIZE);
    if (bytes > Runtime.getRuntime().maxMemory() / 2) {
      throw DataException.of(
          "%d drawn images of %s take %d MiB, and the Java heap has %d MiB",
          trainSize + Hands.TEST_SIZE, shape, bytes >> 20, Runtime.getRuntime().maxMemory() >> 20);
    }
    return new DatasetPair(
        Hands.draw("training part", trainSize, shape, seed, Hands.TRAIN_STREAM),
        handsForEvaluation(shape, seed));
  }

  /**
   * Draws only the held-out part of {@link #hands(ImageShape, long)}.
   *
   * @param shape the images; colours are drawn, and converted to its channels
   * @param seed the seed
   * @return the same images as those of the test part of {@link #hands(ImageShape, long)}
   */
  public static ImageDataset handsForEvaluation(ImageShape shape, long seed) {
    return Hands.draw("test part", Hands.TEST_SIZE, shape, seed, Hands.TEST_STREAM);
  }

  static void requireSameTargets(
      String trainName, ImageDataset train, String testName, ImageDataset test) {
    if (train.targetKind() != test.targetKind()) {
      throw DataException.of(
          "training and test part must have images of one kind, got %s each in %s and %s in %s",
          train.targetKind().text(), trainName, test.targetKind().text(), testName);
    }
    requireSameClasses(trainName, train.classNames(), testName, test.classNames());
  }

  static void requireSameClasses(
      String trainName, List<String> train, String testName, List<String> test) {
    if (!train.equals(test)) {
      throw DataException.of(
          "training and test part must have the same classes, got %s in %s and %s in %s",
          train, trainName, test, testName);
    }
  }

  private static DataFormat format(Path path) {
    if (!Files.exists(path)) {
      throw new DataException("there is no data set at " + path);
    }
    if (Files.isRegularFile(path) && ModelFiles.isModel(path)) {
      throw new DataException(
          "a data set is required, and " + path + " is a model that Lanewise saved");
    }
    List<DataFormat> formats = formats();
    for (DataFormat format : formats) {
      if (format.recognises(path)) {
        return format;
      }
    }
    throw new DataException(
        (Files.isDirectory(path) ? "folder " : "file ")
            + path
            + " holds no data set: requires "
            + String.join("; or ", formats.stream().map(DataFormat::description).toList()));
  }

  /** Returns all forms: a user's own, and last the one that takes folders of many kinds. */
  private static List<DataFormat> formats() {
    List<DataFormat> formats = new ArrayList<>();
    try {
      formats.addAll(Services.all(DataFormat.class));
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new DataException("a data format on the class path cannot be used: " + e, e);
    }
    formats.add(new SignsFormat());
    formats.add(new LabelTableFormat());
    formats.add(new ImageFolderFormat());
    return formats;
  }
}
