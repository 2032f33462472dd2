package dev.lanewise.formats.keras;

import java.util.List;

/**
 * A layer that a model has in front of all others, and that makes of each channel of its images
 * channel * factor + addend: Keras's Rescaling, or its Normalization.
 *
 * @param name the layer's name
 * @param normalizes whether it is a Normalization, which subtracts a mean and divides by the root
 *     of a variance
 * @param first the factor of each channel, or one for all; the mean of a Normalization, empty where
 *     it is among the file's weights
 * @param second the addend; the variance of a Normalization, likewise
 */
public record PixelLayer(String name, boolean normalizes, List<Double> first, List<Double> second) {
  static final String RESCALING = "Rescaling";
  static final String NORMALIZATION = "Normalization";

  /** Copies the lists. */
  public PixelLayer {
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  static boolean is(String kind) {
    return kind.equals(RESCALING) || kind.equals(NORMALIZATION);
  }

  static PixelLayer of(KerasLayer layer) {
    boolean normalizes = layer.type().equals(NORMALIZATION);
    return new PixelLayer(
        layer.name(),
        normalizes,
        layer.numbers(normalizes ? "mean" : "scale"),
        layer.numbers(normalizes ? "variance" : "offset"));
  }
}
