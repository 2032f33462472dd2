package dev.lanewise.model.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/**
 * The preprocessings of the families of published weights: those of {@code keras.applications}
 * ("tf", "torch" and "caffe" of its {@code imagenet_utils}) and torchvision's {@code Normalize}.
 */
public enum StandardPreprocessing implements Preprocessing {
  /** Pixels / 255, from 0 to 1: the tutorials, and most networks trained from scratch. */
  RESCALE("pixels / 255", 1, (c, pixel) -> pixel / 255f),

  /** Pixels / 127.5 - 1, from -1 to 1: ResNet50V2 of {@code keras.applications}. */
  SIGNED("pixels / 127.5 - 1", 1, (c, pixel) -> pixel / 127.5f - 1f),

  /** Pixels / 255, less ImageNet's mean, by its standard deviation: torchvision. */
  IMAGENET(
      "(pixels / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]",
      3,
      Normalization.formula(
          new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f})),

  /** Blue, green, red, each less ImageNet's mean: ResNet50 of Caffe, Keras's to this day. */
  CAFFE("BGR pixels - [103.939, 116.779, 123.68]", 3, less(103.939f, 116.779f, 123.68f)),

  /** Pixels as they are, from 0 to 255: networks that preprocess by layers of their own. */
  NONE("pixels", 1, (c, pixel) -> pixel);

  private final String text;
  private final boolean byColour;
  private final ByteTables tables;

  StandardPreprocessing(String text, int channels, ByteTables.Formula formula) {
    this.text = text;
    byColour = channels > 1;
    tables = new ByteTables(channels, formula);
  }

  private static ByteTables.Formula less(float... mean) {
    return (c, pixel) -> pixel - mean[c];
  }

  static Optional<Preprocessing> parse(String text) {
    return Arrays.stream(values())
        .filter(known -> known.text.equals(text))
        .map(known -> (Preprocessing) known)
        .findFirst();
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String formula() {
    return text;
  }

  @Override
  public boolean takes(ImageShape images) {
    return takes(images.channels());
  }

  private boolean takes(int channels) {
    return !byColour || channels == ImageShape.RGB;
  }

  @Override
  public String required() {
    return byColour ? "images of 3 channels" : "images";
  }

  @Override
  public void apply(byte[] src, float[] dst, int offset, int channels) {
    if (!takes(channels)) {
      throw new IllegalArgumentException(
          "the preprocessing '" + text + "' requires " + required() + ", got " + channels);
    }
    IntUnaryOperator source = this == CAFFE ? c -> channels - 1 - c : IntUnaryOperator.identity();
    tables.apply(src, dst, offset, channels, source);
  }
}
