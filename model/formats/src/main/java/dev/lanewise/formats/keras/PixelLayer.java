package dev.lanewise.formats.keras;

import java.util.List;

/**
 * A layer that a model has in front of all others, and that makes of each channel of its images
 * channel * factor + addend: Keras's Rescaling, or its Normalization.
 *
 * @param name the layer's name
 * @param kind what it does
 * @param first the factor of each channel, or one for all; the mean of a Normalization, empty where
 *     it is among the file's weights
 * @param second the addend; the variance of a Normalization, likewise
 * @param understood whether its settings can be read and mean what is said here
 */
public record PixelLayer(
    String name, Kind kind, List<Double> first, List<Double> second, boolean understood) {
  static final String RESCALING = "Rescaling";
  static final String NORMALIZATION = "Normalization";

  /** What is made of a value. */
  public enum Kind {
    /** Value * factor + addend. */
    RESCALING,
    /** (Value - mean) / sqrt(variance). */
    NORMALIZATION,
    /** Value * sqrt(variance) + mean. */
    INVERSE_NORMALIZATION
  }

  /** Copies the lists. */
  public PixelLayer {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  static boolean is(String kind) {
    return kind.equals(RESCALING) || kind.equals(NORMALIZATION);
  }

  static PixelLayer of(KerasLayer layer) {
    return layer.type().equals(NORMALIZATION) ? normalization(layer) : rescaling(layer);
  }

  private static PixelLayer rescaling(KerasLayer layer) {
    List<Double> scale = layer.numbers("scale");
    List<Double> offset = layer.numbers("offset");
    boolean understood = !scale.isEmpty() && (!offset.isEmpty() || !layer.has("offset"));
    return new PixelLayer(
        layer.name(), Kind.RESCALING, scale, offset.isEmpty() ? List.of(0.0) : offset, understood);
  }

  private static PixelLayer normalization(KerasLayer layer) {
    List<Double> mean = layer.numbers("mean");
    List<Double> variance = layer.numbers("variance");
    boolean readable =
        mean.isEmpty() != layer.has("mean") && variance.isEmpty() != layer.has("variance");
    return new PixelLayer(
        layer.name(),
        layer.flag("invert", false) ? Kind.INVERSE_NORMALIZATION : Kind.NORMALIZATION,
        mean,
        variance,
        layer.isAlongChannels() && readable && mean.isEmpty() == variance.isEmpty());
  }
}
