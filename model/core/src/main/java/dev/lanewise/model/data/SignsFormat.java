package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** HDF5 files in the form of the SIGNS data set: a folder of two, or one. */
final class SignsFormat implements DataFormat {
  @Override
  public String description() {
    return "a folder with train_*.h5 and test_*.h5 in the form of the SIGNS data set, or one such"
        + " file";
  }

  @Override
  public boolean recognises(Path path) {
    // Other files may lie in a folder of images: models that were trained there.
    return Files.isDirectory(path)
        ? hdf5Files(path).stream().anyMatch(SignsFormat::isPart)
        : isHdf5(path);
  }

  @Override
  public DatasetPair open(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    if (!Files.isDirectory(path)) {
      return openFile(path, shape, validationSplit, seed, listener);
    }
    List<Path> files = hdf5Files(path);
    Path trainFile = only(path, files, "train_");
    Path testFile = only(path, files, "test_");
    ImageDataset train;
    ImageDataset test;
    try (SignsFile file = new SignsFile(trainFile)) {
      train = file.read("train", shape, listener);
    }
    try (SignsFile file = new SignsFile(testFile)) {
      test = file.read("test", shape, listener);
    }
    Datasets.requireSameTargets(trainFile.toString(), train, testFile.toString(), test);
    return new DatasetPair(train, test);
  }

  @Override
  public ImageDataset openForEvaluation(Path path, ImageShape shape) {
    Path file = Files.isDirectory(path) ? only(path, hdf5Files(path), "test_") : path;
    try (SignsFile signs = new SignsFile(file)) {
      return signs.read(
          signs.has("test") || !signs.has("train") ? "test" : "train", shape, LoadListener.NONE);
    }
  }

  private static DatasetPair openFile(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    try (SignsFile file = new SignsFile(path)) {
      StoredImages train = file.read("train", shape, listener);
      if (file.has("test")) {
        StoredImages test = file.read("test", shape, listener);
        Datasets.requireSameTargets("train_set_y", train, "test_set_y", test);
        return new DatasetPair(train, test);
      }
      StratifiedSplit split = train.targets.split(validationSplit, seed);
      return split.test().length == 0
          ? new DatasetPair(train, null)
          : new DatasetPair(
              train.select(", training part", split.train()),
              train.select(", held-out part", split.test()),
              true);
    }
  }

  private static List<Path> hdf5Files(Path folder) {
    return ImageFiles.entries(folder).stream()
        .filter(entry -> !Files.isDirectory(entry) && isHdf5(entry))
        .toList();
  }

  private static boolean isPart(Path file) {
    return name(file).startsWith("train_") || name(file).startsWith("test_");
  }

  private static boolean isHdf5(Path file) {
    return name(file).endsWith(".h5") || name(file).endsWith(".hdf5");
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
