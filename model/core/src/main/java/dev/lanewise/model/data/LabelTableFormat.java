package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Folders of image files with a table that says what each is compared with. */
final class LabelTableFormat implements DataFormat {
  private static final String TABLE = "labels.csv";

  @Override
  public String description() {
    return "a folder with "
        + TABLE
        + " (a header of 'file' and names, then an image file and its values in each line), or with"
        + " such sub-folders train and test";
  }

  @Override
  public boolean recognises(Path path) {
    return Files.isDirectory(path) && !tables(path).isEmpty();
  }

  @Override
  public DatasetPair open(
      Path path, ImageShape shape, double validationSplit, long seed, LoadListener listener) {
    ImageFolder images = folder(path, shape, listener);
    return hasTable(path)
        ? images.openWhole(path, validationSplit, seed)
        : images.open(path, validationSplit, seed);
  }

  @Override
  public ImageDataset openForEvaluation(Path path, ImageShape shape) {
    ImageFolder images = folder(path, shape, LoadListener.NONE);
    return hasTable(path) ? images.openWhole(path) : images.openForEvaluation(path);
  }

  private static boolean hasTable(Path folder) {
    return Files.isRegularFile(folder.resolve(TABLE));
  }

  /** Returns the folders that have a table: the whole one, else its parts. */
  private static List<Path> tables(Path folder) {
    if (hasTable(folder)) {
      return List.of(folder);
    }
    return Stream.of("train", "test")
        .map(name -> ImageFolder.part(folder, name))
        .filter(part -> part != null && hasTable(part))
        .toList();
  }

  private static ImageFolder folder(Path path, ImageShape shape, LoadListener listener) {
    // What the columns hold is decided by both parts, so that they agree.
    List<LabelTable> tables =
        tables(path).stream().map(part -> LabelTable.read(part.resolve(TABLE))).toList();
    LabelTable.Columns columns = LabelTable.columns(tables);
    return new ImageFolder(
        part -> LabelTable.read(part.resolve(TABLE)).images(columns),
        shape,
        ImageFolderFormat.memory(),
        listener);
  }
}
