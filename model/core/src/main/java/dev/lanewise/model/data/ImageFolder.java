package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Opens folders of image files. */
final class ImageFolder {
  private final ImageShape shape;
  private final long memory;
  private final LoadListener listener;

  /**
   * Creates an opener.
   *
   * @param shape what the images are converted to
   * @param memory the bytes that decoded images may take in memory; where they need more, the rest
   *     is decoded each time it is read
   */
  ImageFolder(ImageShape shape, long memory, LoadListener listener) {
    this.shape = shape;
    this.memory = memory;
    this.listener = listener;
  }

  /** Returns whether a path is a folder with images, or with parts of a data set. */
  static boolean isMeant(Path path) {
    return Files.isDirectory(path)
        && (part(path, "train") != null || part(path, "test") != null || ImageFiles.areIn(path));
  }

  DatasetPair open(Path folder, double validationSplit, long seed) {
    Path trainFolder = part(folder, "train");
    Path testFolder = part(folder, "test");
    if (trainFolder != null && testFolder != null) {
      return openParts(trainFolder, testFolder);
    }
    Path images = trainFolder == null ? folder : trainFolder;
    ImageFiles files = ImageFiles.list(images);
    StratifiedSplit split =
        StratifiedSplit.of(files.labels(), files.classNames().size(), validationSplit, seed);
    return load(images.toString(), images.toString(), files, split);
  }

  ImageDataset openForEvaluation(Path folder) {
    Path testFolder = part(folder, "test");
    Path images = testFolder == null ? folder : testFolder;
    ImageFiles files = ImageFiles.list(images);
    int[] all = IntStream.range(0, files.labels().length).toArray();
    return load(images.toString(), "", files, new StratifiedSplit(all, new int[0])).train();
  }

  /**
   * Returns the sub-folder of this name where it is a part of the data set and not a class: beside
   * the other part, or alone.
   */
  private static Path part(Path folder, String name) {
    List<String> subFolders =
        ImageFiles.entries(folder).stream()
            .filter(Files::isDirectory)
            .map(entry -> entry.getFileName().toString())
            .toList();
    boolean both = subFolders.contains("train") && subFolders.contains("test");
    boolean alone = subFolders.equals(List.of(name));
    return both || alone ? folder.resolve(name) : null;
  }

  private DatasetPair openParts(Path trainFolder, Path testFolder) {
    ImageFiles train = ImageFiles.list(trainFolder);
    ImageFiles test = ImageFiles.list(testFolder);
    Datasets.requireSameClasses(
        trainFolder.toString(), train.classNames(), testFolder.toString(), test.classNames());
    int[] labels =
        IntStream.concat(IntStream.of(train.labels()), IntStream.of(test.labels())).toArray();
    ImageFiles all =
        new ImageFiles(
            Stream.concat(train.files().stream(), test.files().stream()).toList(),
            labels,
            train.classNames(),
            train.ignored() + test.ignored());
    int border = train.labels().length;
    return load(
        trainFolder.toString(),
        testFolder.toString(),
        all,
        new StratifiedSplit(
            IntStream.range(0, border).toArray(),
            IntStream.range(border, labels.length).toArray()));
  }

  private DatasetPair load(
      String trainName, String testName, ImageFiles files, StratifiedSplit split) {
    long bytes = (long) files.labels().length * shape.size();
    byte[][] images =
        bytes > memory
            ? null
            : ParallelLoad.images(
                files.labels().length, listener, i -> Images.load(files.files().get(i), shape));
    String ignored = files.ignored() == 0 ? "" : " (" + files.ignored() + " other files ignored)";
    boolean sameFolder = trainName.equals(testName) && split.test().length > 0;
    return new DatasetPair(
        select(
            "folder " + trainName + (sameFolder ? ", training part" : "") + ignored,
            files,
            images,
            split.train()),
        split.test().length == 0
            ? null
            : select(
                "folder " + testName + (sameFolder ? ", held-out part" : ""),
                files,
                images,
                split.test()));
  }

  private ImageDataset select(String source, ImageFiles files, byte[][] images, int[] indices) {
    int[] labels = IntStream.of(indices).map(i -> files.labels()[i]).toArray();
    if (images == null) {
      List<Path> paths = IntStream.of(indices).mapToObj(files.files()::get).toList();
      long share = memory * indices.length / files.labels().length;
      return new FileImages(source, paths, labels, shape, files.classNames(), share);
    }
    byte[][] chosen = IntStream.of(indices).mapToObj(i -> images[i]).toArray(byte[][]::new);
    return new StoredImages(source, chosen, labels, shape, files.classNames());
  }
}
