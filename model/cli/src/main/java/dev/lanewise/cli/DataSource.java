package dev.lanewise.cli;

import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.LoadListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** Opens what {@code --data} names: a path, or the embedded data set where it is absent. */
final class DataSource {
  /** The embedded images are the same whatever the training's seed, so results can be compared. */
  private static final long EMBEDDED_SEED = 1;

  private DataSource() {}

  static DatasetPair forTraining(
      Path data, ImageShape shape, double validationSplit, long seed, LoadListener progress) {
    return data == null
        ? Datasets.hands(shape, EMBEDDED_SEED)
        : Datasets.open(data, shape, validationSplit, seed, progress);
  }

  static ImageDataset forEvaluation(Path data, ImageShape shape) {
    return data == null
        ? Datasets.handsForEvaluation(shape, EMBEDDED_SEED)
        : Datasets.openForEvaluation(data, shape);
  }

  /** Returns a listener that rewrites one line of a terminal. */
  static LoadListener progress(PrintWriter terminal) {
    return (loaded, total) -> {
      String line = String.format(Locale.ROOT, "\rreading images: %d/%d ", loaded, total);
      terminal.print(loaded == total ? "\r" + " ".repeat(line.length()) + "\r" : line);
      terminal.flush();
    };
  }
}
