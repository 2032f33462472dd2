package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Opens data sets. */
public final class Datasets {
  /** Decoded images may take this share of the heap; training needs most of it. */
  private static final int HEAP_SHARE = 4;

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
    requireExists(path);
    if (!Files.isDirectory(path)) {
      return openFile(path, shape, validationSplit, seed, listener);
    }
    List<Path> hdf5 = hdf5Files(path);
    if (hdf5.isEmpty()) {
      return imageFolder(shape, listener).open(path, validationSplit, seed);
    }
    Path trainFile = only(path, hdf5, "train_");
    Path testFile = only(path, hdf5, "test_");
    ImageDataset train;
    ImageDataset test;
    try (SignsFile file = new SignsFile(trainFile)) {
      train = file.read("train", shape, listener);
    }
    try (SignsFile file = new SignsFile(testFile)) {
      test = file.read("test", shape, listener);
    }
    requireSameClasses(
        trainFile.toString(), train.classNames(), testFile.toString(), test.classNames());
    return new DatasetPair(train, test);
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
    requireExists(path);
    Path file = path;
    if (Files.isDirectory(path)) {
      List<Path> hdf5 = hdf5Files(path);
      if (hdf5.isEmpty()) {
        return imageFolder(shape, LoadListener.NONE).openForEvaluation(path);
      }
      file = only(path, hdf5, "test_");
    }
    try (SignsFile signs = new SignsFile(file)) {
      return signs.read(
          signs.has("test") || !signs.has("train") ? "test" : "train", shape, LoadListener.NONE);
    }
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

  static void requireSameClasses(
      String trainName, List<String> train, String testName, List<String> test) {
    if (!train.equals(test)) {
      throw DataException.of(
          "training and test part must have the same classes, got %s in %s and %s in %s",
          train, trainName, test, testName);
    }
  }

  private static DatasetPair openFile(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    try (SignsFile file = new SignsFile(path)) {
      StoredImages train = file.read("train", shape, listener);
      if (file.has("test")) {
        return new DatasetPair(train, file.read("test", shape, listener));
      }
      StratifiedSplit split =
          StratifiedSplit.of(
              IntStream.range(0, train.size()).map(train::label).toArray(),
              train.classNames().size(),
              validationSplit,
              seed);
      return split.test().length == 0
          ? new DatasetPair(train, null)
          : new DatasetPair(
              train.select(", training part", split.train()),
              train.select(", held-out part", split.test()));
    }
  }

  private static ImageFolder imageFolder(ImageShape shape, LoadListener listener) {
    return new ImageFolder(shape, Runtime.getRuntime().maxMemory() / HEAP_SHARE, listener);
  }

  private static void requireExists(Path path) {
    if (!Files.exists(path)) {
      throw new DataException("there is no data set at " + path);
    }
  }

  private static List<Path> hdf5Files(Path folder) {
    return ImageFiles.entries(folder).stream()
        .filter(entry -> !Files.isDirectory(entry))
        .filter(entry -> name(entry).endsWith(".h5") || name(entry).endsWith(".hdf5"))
        .toList();
  }

  private static Path only(Path folder, List<Path> files, String prefix) {
    List<Path> found = files.stream().filter(file -> name(file).startsWith(prefix)).toList();
    if (found.size() != 1) {
      List<Path> shown = found.isEmpty() ? files : found;
      throw DataException.of(
          "folder %s must have exactly one %s*.h5, got %s%s",
          folder,
          prefix,
          found.isEmpty() ? "none among " : "",
          String.join(", ", shown.stream().map(file -> file.getFileName().toString()).toList()));
    }
    return found.getFirst();
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }
}
