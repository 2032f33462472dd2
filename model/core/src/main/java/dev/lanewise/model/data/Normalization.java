package dev.lanewise.model.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Pixels / 255, less a mean and by a deviation of each channel: torchvision's {@code Normalize}
 * behind its {@code ToTensor}. Mean and deviation are of pixels from 0 to 1.
 */
public final class Normalization implements Preprocessing {
  private static final Pattern TEXT =
      Pattern.compile("\\(pixels / 255 - \\[([^\\]]*)\\]\\) / \\[([^\\]]*)\\]");

  private final String text;
  private final int channels;
  private final ByteTables tables;

  private Normalization(float[] mean, float[] deviation) {
    text =
        String.format(
            Locale.ROOT,
            "(pixels / 255 - %s) / %s",
            Arrays.toString(mean),
            Arrays.toString(deviation));
    channels = mean.length;
    tables = new ByteTables(channels, formula(mean, deviation));
  }

  static ByteTables.Formula formula(float[] mean, float[] deviation) {
    return (c, pixel) -> (pixel / 255f - mean[c]) / deviation[c];
  }

  /**
   * {@return the preprocessing with a mean and a deviation of each channel; ImageNet's is {@link
   * StandardPreprocessing#IMAGENET}}
   *
   * @param mean of the channels' pixels / 255: one for grey images, three for red, green, blue,
   *     four with opacity; from 0 to 1
   * @param deviation as many, above 0 and at most 1; ones for no scaling
   * @throws IllegalArgumentException where there are more or fewer, or one is out of its range
   */
  public static Preprocessing of(float[] mean, float[] deviation) {
    if (mean.length != 1 && mean.length != 3 && mean.length != 4) {
      throw new IllegalArgumentException(
          "requires a mean of 1, 3 or 4 channels, got " + mean.length + " numbers");
    }
    if (mean.length != deviation.length) {
      throw new IllegalArgumentException(
          "requires as many deviations as means, got " + deviation.length + " for " + mean.length);
    }
    for (int c = 0; c < mean.length; c++) {
      check("a mean", "from 0", mean[c], mean[c] >= 0 && mean[c] <= 1);
      check("a deviation", "above 0", deviation[c], deviation[c] > 0 && deviation[c] <= 1);
    }
    Normalization normalization = new Normalization(mean, deviation);
    return StandardPreprocessing.parse(normalization.text).orElse(normalization);
  }

  private static void check(String what, String from, float value, boolean usable) {
    if (!usable) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "requires %s %s to 1, as of pixels / 255, got %s%s",
              what,
              from,
              value,
              value > 1 && value <= 255 ? ", which may be one of pixels: divide it by 255" : ""));
    }
  }

  static Optional<Preprocessing> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    try {
      return matcher.matches()
          ? Optional.of(of(numbers(matcher.group(1)), numbers(matcher.group(2))))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static float[] numbers(String list) {
    String[] texts = list.split(", ");
    float[] numbers = new float[texts.length];
    for (int i = 0; i < texts.length; i++) {
      numbers[i] = Float.parseFloat(texts[i]);
    }
    return numbers;
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
    return images.channels() == channels;
  }

  @Override
  public String required() {
    return "images of " + channels + (channels == 1 ? " channel" : " channels");
  }

  @Override
  public void apply(byte[] src, float[] dst, int offset, int channels) {
    if (channels != this.channels) {
      throw new IllegalArgumentException(
          "the preprocessing '" + text + "' requires " + required() + ", got " + channels);
    }
    tables.apply(src, dst, offset, channels, IntUnaryOperator.identity());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
