package dev.lanewise.model;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.weights.LayerKind;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.train.KernelInitializers;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Finds out what a weight file of another program says of its model. */
final class WeightFileOptions {
  /** Beyond these a file is damaged rather than large. */
  private static final int MOST_EXTENT = 1 << 14;

  private static final int MOST_CLASSES = 1 << 20;

  private WeightFileOptions() {}

  /**
   * Returns how to build the network for a file's weights. Its classes have their numbers as names,
   * as many as the file's dense layer has units.
   *
   * @param from what the weights come from, for messages
   * @throws ModelException where size or number of classes cannot be known
   */
  static ModelOptions options(
      SavedWeights saved, ForeignOptions options, int threads, String from) {
    int height = options.height();
    int width = options.width();
    WeightSource source = WeightSource.of(saved, from);
    if (height == 0) {
      height = source.height();
      width = source.width();
      if (height == 0) {
        throw noSize(from);
      }
      if (height > MOST_EXTENT || width > MOST_EXTENT) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s says that its input images are %dx%d, and at most %dx%d can be",
                from,
                height,
                width,
                MOST_EXTENT,
                MOST_EXTENT));
      }
    }
    List<String> numbers =
        IntStream.range(0, classes(saved, from)).mapToObj(Integer::toString).toList();
    return new ModelOptions(
        height,
        width,
        numbers,
        threads,
        0,
        KernelInitializers.zeros(),
        options.preprocessing(source),
        HeadActivation.SOFTMAX);
  }

  /** Returns what tells that nobody says of which size the images are. */
  static ModelException noSize(String from) {
    return new ModelException(
        from
            + " does not say of which size its input images are; it has to be given, by --input"
            + " or ForeignOptions.withInput");
  }

  private static int classes(SavedWeights saved, String from) {
    List<SavedLayer> dense =
        saved.layers().stream().filter(layer -> LayerKind.of(layer) == LayerKind.DENSE).toList();
    if (dense.isEmpty()) {
      throw new ModelException(
          from
              + " has no dense layer, so it cannot classify images; its weights can be loaded"
              + " without the head, to train one");
    }
    for (SavedArray array : dense.get(dense.size() - 1).arrays()) {
      if (array.name().equals("kernel")) {
        int classes = array.shape()[1];
        if (classes < 2) {
          throw new ModelException(
              from
                  + " has a dense layer of one unit, and a classifier requires one for each class");
        }
        if (classes > MOST_CLASSES) {
          throw new ModelException(
              String.format(
                  Locale.ROOT,
                  "%s has %d classes, and at most %d can be",
                  from,
                  classes,
                  MOST_CLASSES));
        }
        return classes;
      }
    }
    throw new IllegalStateException("a dense layer is told by its kernel");
  }
}
