package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Opens folders of image files, and their parts. */
final class ImageFolder {
  private final Function<Path, ImageFiles> list;
  private final ImageShape shape;
  private final long memory;
  private final LoadListener listener;

  /**
   * Creates an opener.
   *
   * @param list lists the images of a folder that is no part of another
   * @param shape what the images are converted to
   * @param memory the bytes that decoded images may take in memory; where they need more, the rest
   *     is decoded each time it is read
   */
  ImageFolder(
      Function<Path, ImageFiles> list, ImageShape shape, long memory, LoadListener listener) {
    this.list = list;
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
    return openWhole(trainFolder == null ? folder : trainFolder, validationSplit, seed);
  }

  /** Opens a folder that is no data set's parts, and holds out a share of it. */
  DatasetPair openWhole(Path images, double validationSplit, long seed) {
    ImageFiles files = list.apply(images);
    StratifiedSplit split = files.targets().split(validationSplit, seed);
    return load(images.toString(), images.toString(), files, split);
  }

  ImageDataset openForEvaluation(Path folder) {
    Path testFolder = part(folder, "test");
    return openWhole(testFolder == null ? folder : testFolder);
  }

  /** Opens all of a folder that is no data set's parts. */
  ImageDataset openWhole(Path images) {
    ImageFiles files = list.apply(images);
    int[] all = IntStream.range(0, files.files().size()).toArray();
    return load(images.toString(), "", files, new StratifiedSplit(all, new int[0])).train();
  }

  /**
   * Returns the sub-folder of this name where it is a part of the data set and not a class: beside
   * the other part, or alone.
   */
  static Path part(Path folder, String name) {
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
    ImageFiles train = list.apply(trainFolder);
    ImageFiles test = list.apply(testFolder);
    Datasets.requireSameClasses(
        trainFolder.toString(),
        train.targets().names(),
        testFolder.toString(),
        test.targets().names());
    ImageFiles all =
        new ImageFiles(
            Stream.concat(train.files().stream(), test.files().stream()).toList(),
            train.targets().and(test.targets()),
            train.ignored() + test.ignored());
    int border = train.files().size();
    return load(
        trainFolder.toString(),
        testFolder.toString(),
        all,
        new StratifiedSplit(
            IntStream.range(0, border).toArray(),
            IntStream.range(border, all.files().size()).toArray()));
  }

  private DatasetPair load(
      String trainName, String testName, ImageFiles files, StratifiedSplit split) {
    long bytes = (long) files.files().size() * shape.size();
    byte[][] images =
        bytes > memory
            ? null
            : ParallelLoad.images(
                files.files().size(), listener, i -> Images.load(files.files().get(i), shape));
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
                split.test()),
        sameFolder);
  }

  private ImageDataset select(String source, ImageFiles files, byte[][] images, int[] indices) {
    ImageTargets targets = files.targets().select(indices);
    if (images == null) {
      List<Path> paths = IntStream.of(indices).mapToObj(files.files()::get).toList();
      long share = memory * indices.length / files.files().size();
      return new FileImages(source, paths, targets, shape, share);
    }
    byte[][] chosen = IntStream.of(indices).mapToObj(i -> images[i]).toArray(byte[][]::new);
    return new StoredImages(source, chosen, targets, shape);
  }
}
