package dev.lanewise.model.data;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How the bytes of an image become the floats that a network takes. Weights want at prediction what
 * they had in their training, so a model file says which it was.
 *
 * <p>The four families are those of {@code keras.applications} ("tf", "torch" and "caffe" of its
 * {@code imagenet_utils}) and torchvision's {@code Normalize}.
 */
public enum Preprocessing {
  /** Pixels / 255, from 0 to 1: the tutorials, and most networks trained from scratch. */
  RESCALE("pixels / 255"),

  /** Pixels / 127.5 - 1, from -1 to 1: ResNet50V2 of {@code keras.applications}. */
  SIGNED("pixels / 127.5 - 1"),

  /** Pixels / 255, less ImageNet's mean, by its standard deviation: torchvision. */
  IMAGENET("(pixels / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]"),

  /** Blue, green, red, each less ImageNet's mean: ResNet50 of Caffe, Keras's to this day. */
  CAFFE("BGR pixels - [103.939, 116.779, 123.68]"),

  /** Pixels as they are, from 0 to 255: networks that preprocess by layers of their own. */
  NONE("pixels");

  private static final int BYTES = 256;
  private static final int COLOURS = 3;
  private static final float[] IMAGENET_MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] IMAGENET_DEVIATION = {0.229f, 0.224f, 0.225f};
  private static final float[] CAFFE_MEAN = {103.939f, 116.779f, 123.68f};

  private final String text;

  /** Of each channel of the result, or of all alike, what a byte becomes. */
  private float[][] tables;

  Preprocessing(String text) {
    this.text = text;
  }

  static {
    for (Preprocessing preprocessing : values()) {
      preprocessing.fillTables();
    }
  }

  private void fillTables() {
    boolean byColour = this == IMAGENET || this == CAFFE;
    tables = new float[byColour ? COLOURS : 1][BYTES];
    for (int c = 0; c < tables.length; c++) {
      for (int b = 0; b < BYTES; b++) {
        tables[c][b] = value(c, b);
      }
    }
  }

  /** Computed in float, step by step, as the libraries do. */
  private float value(int channel, float pixel) {
    return switch (this) {
      case RESCALE -> pixel / 255f;
      case SIGNED -> pixel / 127.5f - 1f;
      case IMAGENET -> (pixel / 255f - IMAGENET_MEAN[channel]) / IMAGENET_DEVIATION[channel];
      case CAFFE -> pixel - CAFFE_MEAN[channel];
      case NONE -> pixel;
    };
  }

  /** {@return the formula by which model files know it; it does not change between releases} */
  public String text() {
    return text;
  }

  /**
   * {@return the preprocessing of a formula}
   *
   * @param text as {@link #text} gives it
   * @throws IllegalArgumentException where there is none, with those there are
   */
  public static Preprocessing ofText(String text) {
    for (Preprocessing preprocessing : values()) {
      if (preprocessing.text.equals(text)) {
        return preprocessing;
      }
    }
    throw new IllegalArgumentException(
        "the preprocessing '"
            + text
            + "' is not known; known: "
            + Arrays.stream(values())
                .map(p -> "'" + p.text + "'")
                .collect(Collectors.joining(", ")));
  }

  /**
   * {@return whether it can be applied to images of a number of channels}
   *
   * @param channels channels of an image; IMAGENET and CAFFE take 3 alone
   */
  public boolean takes(int channels) {
    return tables.length == 1 || tables.length == channels;
  }

  /**
   * Converts pixels.
   *
   * @param src unsigned bytes, channels innermost, red first; all are converted
   * @param dst receives as many floats, in the channel order that the network takes
   * @param offset index of the first float in dst
   * @param channels number of channels
   * @throws IllegalArgumentException where it does not take that number of channels
   */
  public void apply(byte[] src, float[] dst, int offset, int channels) {
    if (!takes(channels)) {
      throw new IllegalArgumentException(
          "the preprocessing '" + text + "' requires images of 3 channels, got " + channels);
    }
    for (int c = 0; c < channels; c++) {
      float[] table = tables[tables.length == 1 ? 0 : c];
      int from = this == CAFFE ? channels - 1 - c : c;
      for (int i = 0; i < src.length; i += channels) {
        dst[offset + i + c] = table[src[i + from] & 255];
      }
    }
  }
}
