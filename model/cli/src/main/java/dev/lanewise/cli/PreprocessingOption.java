package dev.lanewise.cli;

import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Normalization;
import dev.lanewise.model.data.PixelMean;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --preprocessing}: a name, {@code mean=0.49,0.48,0.45,std=0.25,0.24,0.26}, or
 * the mean image of some training images, which has to be computed first.
 *
 * @param text as it was given
 * @param known what it says; null for a mean image
 * @param images where the images of a mean are; null for those of the training itself
 */
record PreprocessingOption(String text, Preprocessing known, Path images) {
  static final String LABEL = "NAME|mean=...,std=...|pixel-mean[=PATH]";

  /** What can be given, for help texts. */
  static final String CHOICES =
      "rescale (/255), signed (/127.5-1), imagenet (/255, less ImageNet's mean, by its deviation),"
          + " caffe (blue, green, red less ImageNet's mean), none; 'mean=0.5,0.5,0.5,std=0.2,0.2,0.2'"
          + " (/255, less the mean and by the deviation of each channel, both of pixels from 0 to"
          + " 1); pixel-mean (/255, less the mean image of the training images)";

  private static final String PIXEL_MEAN = "pixel-mean";
  private static final String MEAN = "mean";
  private static final String DEVIATION = "std";

  static PreprocessingOption parse(String text) {
    if (text.equalsIgnoreCase(PIXEL_MEAN)) {
      return new PreprocessingOption(text, null, null);
    }
    if (text.startsWith(PIXEL_MEAN + "=")) {
      return new PreprocessingOption(text, null, Path.of(text.substring(PIXEL_MEAN.length() + 1)));
    }
    if (text.contains("=")) {
      return new PreprocessingOption(text, normalization(text), null);
    }
    return Arrays.stream(StandardPreprocessing.values())
        .filter(known -> known.name().equalsIgnoreCase(text))
        .map(known -> new PreprocessingOption(text, known, null))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static TypeConversionException unknown(String text) {
    String names =
        Arrays.stream(StandardPreprocessing.values())
            .map(known -> known.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return new TypeConversionException(
        "requires "
            + names
            + ", 'mean=...,std=...', pixel-mean or pixel-mean=PATH, got '"
            + text
            + "'");
  }

  /** A comma goes on with the numbers of a name. */
  private static Preprocessing normalization(String text) {
    Map<String, List<Float>> lists = new LinkedHashMap<>();
    List<Float> numbers = null;
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals >= 0) {
        numbers = new ArrayList<>();
        String name = part.substring(0, equals).strip();
        if (!name.equals(MEAN) && !name.equals(DEVIATION) || lists.put(name, numbers) != null) {
          throw unknown(text);
        }
      }
      if (numbers == null) {
        throw unknown(text);
      }
      numbers.add(number(part.substring(equals + 1).strip()));
    }
    if (!lists.keySet().equals(Set.of(MEAN, DEVIATION))) {
      throw unknown(text);
    }
    try {
      return Normalization.of(floats(lists.get(MEAN)), floats(lists.get(DEVIATION)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  private static float number(String text) {
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("requires numbers, got '" + text + "'");
    }
  }

  private static float[] floats(List<Float> list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }

  /** Returns whether it is the mean of the training's own images. */
  boolean needsTraining() {
    return known == null && images == null;
  }

  /**
   * Returns what it says for a training.
   *
   * @param train its images
   */
  Preprocessing of(ImageDataset train) {
    return needsTraining() ? PixelMean.of(train) : of(train.shape());
  }

  /**
   * Returns what it says where there is no training.
   *
   * @param shape the images that the network takes
   */
  Preprocessing of(ImageShape shape) {
    return known != null ? known : PixelMean.of(Datasets.open(images, shape, 0, 0).train());
  }
}
