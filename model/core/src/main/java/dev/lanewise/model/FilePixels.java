package dev.lanewise.model;

import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.PixelLayer;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.model.data.Normalization;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.weights.LayerKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a Keras model makes of pixels by its own first layers, as EfficientNet's does: here that is
 * preprocessing.
 */
final class FilePixels {
  private static final int RGB = 3;
  private static final double LARGEST = 255;
  private static final double[] ZERO = {0};

  /** Below it Keras's Normalization divides by this in place of the deviation. */
  private static final double LEAST_DEVIATION = 1e-7;

  /**
   * The variances in the files of {@code keras.applications}: they are ImageNet's deviations, and
   * the model's next layer divides by their roots again.
   */
  private static final double[] IMAGENET_DEVIATIONS = {0.229, 0.224, 0.225};

  /** Of each channel of pixels from 0 to 255 becomes pixel * factor + addend. */
  private final double[] factors = new double[RGB];

  private final double[] addends = new double[RGB];
  private final String from;

  private FilePixels(String from) {
    this.from = from;
    Arrays.fill(factors, 1);
  }

  /**
   * Returns what a file's model does; empty where it has no such layers.
   *
   * @param config what the file says of its layers; null where it says nothing
   * @param from what the weights come from, for messages
   * @throws ModelException where a preprocessing cannot do the same
   */
  static Optional<Preprocessing> of(SavedWeights saved, KerasConfig config, String from) {
    FilePixels pixels = new FilePixels(from);
    if (config != null) {
      List<PixelLayer> layers = config.pixelLayers();
      for (PixelLayer layer : layers) {
        pixels.add(layer, saved);
      }
      return layers.isEmpty() ? Optional.empty() : Optional.of(pixels.preprocessing());
    }
    Optional<SavedLayer> alone =
        saved.layers().stream().filter(one -> LayerKind.of(one) == LayerKind.PIXELS).findFirst();
    return alone.map(
        layer -> {
          // Weights alone: the layers around it are those of keras.applications.
          pixels.scale(new double[] {1 / LARGEST}, ZERO);
          double[] variances = values(layer, "variance");
          pixels.normalize(values(layer, "mean"), variances);
          if (variances.length == RGB && near(variances, IMAGENET_DEVIATIONS)) {
            pixels.scale(Arrays.stream(variances).map(v -> 1 / Math.sqrt(v)).toArray(), ZERO);
          }
          return pixels.preprocessing();
        });
  }

  private static boolean near(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-5) {
        return false;
      }
    }
    return true;
  }

  private void add(PixelLayer layer, SavedWeights saved) {
    if (!layer.understood()) {
      throw new ModelException(
          from + " has a layer '" + layer.name() + "' for pixels whose settings cannot be read");
    }
    double[] first = numbers(layer.first());
    double[] second = numbers(layer.second());
    if (layer.kind() == PixelLayer.Kind.RESCALING) {
      scale(first, second);
      return;
    }
    if (first.length == 0) {
      SavedLayer weights =
          saved.layers().stream()
              .filter(one -> one.name().equals(layer.name()))
              .findFirst()
              .orElseThrow(() -> new ModelException(from + " lacks layer '" + layer.name() + "'"));
      first = values(weights, "mean");
      second = values(weights, "variance");
    }
    if (layer.kind() == PixelLayer.Kind.INVERSE_NORMALIZATION) {
      scale(deviations(second), first);
    } else {
      normalize(first, second);
    }
  }

  private static double[] numbers(List<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] values(SavedLayer layer, String name) {
    for (SavedArray array : layer.arrays()) {
      if (array.name().equals(name)) {
        float[] values = array.values();
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
      }
    }
    return new double[0];
  }

  private static double[] deviations(double[] variances) {
    return Arrays.stream(variances).map(v -> Math.max(LEAST_DEVIATION, Math.sqrt(v))).toArray();
  }

  private void normalize(double[] means, double[] variances) {
    double[] factor = Arrays.stream(deviations(variances)).map(d -> 1 / d).toArray();
    double[] addend = new double[means.length];
    if (means.length != factor.length) {
      throw refused();
    }
    Arrays.setAll(addend, c -> -means[c] * factor[c]);
    scale(factor, addend);
  }

  /** Applies a factor and an addend, of each channel or the same of all. */
  private void scale(double[] factor, double[] addend) {
    for (double[] values : List.of(factor, addend)) {
      if (values.length != 1 && values.length != factors.length) {
        throw refused();
      }
    }
    for (int c = 0; c < factors.length; c++) {
      double by = factor[factor.length == 1 ? 0 : c];
      factors[c] *= by;
      addends[c] = addends[c] * by + addend[addend.length == 1 ? 0 : c];
    }
  }

  private Preprocessing preprocessing() {
    float[] means = new float[factors.length];
    float[] deviations = new float[factors.length];
    for (int c = 0; c < factors.length; c++) {
      double deviation = 1 / (LARGEST * factors[c]);
      deviations[c] = (float) deviation;
      means[c] = (float) (-addends[c] * deviation) + 0f;
    }
    try {
      return Normalization.of(means, deviations);
    } catch (IllegalArgumentException e) {
      throw refused();
    }
  }

  private ModelException refused() {
    return new ModelException(
        String.format(
            Locale.ROOT,
            "%s makes of pixels by its first layers pixels * %s + %s, and a preprocessing here"
                + " requires (pixels / 255 - mean) / deviation with a mean from 0 to 1 and a"
                + " deviation above 0 to 1; another can be given by --preprocessing or"
                + " ForeignOptions.withPreprocessing",
            from,
            Arrays.toString(factors),
            Arrays.toString(addends)));
  }
}
