package dev.lanewise.model.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the bytes of an image become the floats that a network takes. Weights want at prediction what
 * they had in their training, so a model file says which it was.
 *
 * <p>Two of one {@link #text} are equal.
 */
public sealed interface Preprocessing permits StandardPreprocessing, Normalization, PixelMean {
  /** {@return all of it as model files know it; it does not change between releases} */
  String text();

  /** {@return its formula, short enough for a line: the text, but for long lists of numbers} */
  String formula();

  /**
   * {@return whether it can be applied to images}
   *
   * @param images extents of each image
   */
  boolean takes(ImageShape images);

  /** {@return the images that it takes, for messages: {@code "images of 3 channels"}} */
  String required();

  /**
   * Converts the pixels of one image.
   *
   * @param src unsigned bytes, [H,W,C] row-major, red first; all are converted
   * @param dst receives as many floats, in the channel order that the network takes
   * @param offset index of the first float in dst
   * @param channels number of channels, C
   * @throws IllegalArgumentException where it does not take such an image
   */
  void apply(byte[] src, float[] dst, int offset, int channels);

  /**
   * {@return the preprocessing of a text}
   *
   * @param text as {@link #text} gives it
   * @throws IllegalArgumentException where there is none, with those there are
   */
  static Preprocessing ofText(String text) {
    Optional<Preprocessing> found =
        StandardPreprocessing.parse(text)
            .or(() -> Normalization.parse(text))
            .or(() -> PixelMean.parse(text));
    return found.orElseThrow(
        () ->
            new IllegalArgumentException(
                "the preprocessing '"
                    + (text.length() > 80 ? text.substring(0, 80) + "..." : text)
                    + "' is not known; known: "
                    + Arrays.stream(StandardPreprocessing.values())
                        .map(known -> "'" + known.text() + "'")
                        .collect(Collectors.joining(", "))
                    + ", a mean and deviation of each channel, and a mean of each pixel"));
  }
}
