package dev.lanewise.kernel;

import java.util.Locale;

/**
 * How convolutions with 3x3 windows of stride 1 are computed. All others are always direct.
 *
 * <p>Winograd's method takes fewer multiplications and rounds a little more; docs/convolutions.md
 * has the figures. The system property {@code lanewise.convolution} sets the algorithm: auto (the
 * default), direct, winograd_2 or winograd_4.
 */
public enum ConvAlgorithm {
  /** By the method that is fastest for the shape. */
  AUTO,

  /** As one matrix product per convolution. */
  DIRECT,

  /** By Winograd's F(2x2, 3x3). */
  WINOGRAD_2,

  /** By Winograd's F(4x4, 3x3). */
  WINOGRAD_4;

  /** The system property that sets the algorithm. */
  public static final String PROPERTY = "lanewise.convolution";

  /**
   * {@return what the system property says, AUTO where it is not set}
   *
   * @throws IllegalArgumentException where the property names no algorithm
   */
  public static ConvAlgorithm preferred() {
    String name = System.getProperty(PROPERTY, "auto");
    for (ConvAlgorithm algorithm : values()) {
      if (algorithm.name().toLowerCase(Locale.ROOT).equals(name)) {
        return algorithm;
      }
    }
    throw new IllegalArgumentException(
        "system property "
            + PROPERTY
            + " must be auto, direct, winograd_2 or winograd_4, got "
            + name);
  }
}
