package dev.lanewise.formats.saved;

import java.util.Locale;

/**
 * How a network is written as ONNX.
 *
 * @param opset version of the operators, from {@value #LEAST_OPSET} to {@value #MOST_OPSET}
 * @param layout order of the input's axes, and of the output's where it is a map
 * @param folded whether batch normalisations that follow a convolution become part of it; else all
 *     are nodes
 * @param preprocessing whether the graph preprocesses: it then takes the bytes of images (uint8,
 *     red first), else the floats that {@code Preprocessing} makes
 */
public record OnnxOptions(int opset, Layout layout, boolean folded, boolean preprocessing) {
  /** The oldest version of the operators that is written. */
  public static final int LEAST_OPSET = 13;

  /** The newest version of the operators that is written. */
  public static final int MOST_OPSET = 21;

  /** Operators of version 17, channels first, folded, without preprocessing. */
  public static final OnnxOptions DEFAULT = new OnnxOptions(17, Layout.NCHW, true, false);

  /** Orders of axes. */
  public enum Layout {
    /** Images, channels, rows, columns: PyTorch's. */
    NCHW,
    /** Images, rows, columns, channels: Keras's. */
    NHWC
  }

  /**
   * Checks the version.
   *
   * @throws IllegalArgumentException where it is not written
   */
  public OnnxOptions {
    if (opset < LEAST_OPSET || opset > MOST_OPSET) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "ONNX operators require a version from %d to %d, got %d",
              LEAST_OPSET,
              MOST_OPSET,
              opset));
    }
  }

  /**
   * {@return these options with another version of the operators}
   *
   * @param opset the version
   * @throws IllegalArgumentException where it is not written
   */
  public OnnxOptions withOpset(int opset) {
    return new OnnxOptions(opset, layout, folded, preprocessing);
  }

  /**
   * {@return these options with another order of axes}
   *
   * @param layout the order
   */
  public OnnxOptions withLayout(Layout layout) {
    return new OnnxOptions(opset, layout, folded, preprocessing);
  }

  /**
   * {@return these options with normalisations folded, or as nodes}
   *
   * @param folded whether they become part of the convolutions
   */
  public OnnxOptions withFolded(boolean folded) {
    return new OnnxOptions(opset, layout, folded, preprocessing);
  }

  /**
   * {@return these options with preprocessing by the graph, or without}
   *
   * @param preprocessing whether the graph takes bytes
   */
  public OnnxOptions withPreprocessing(boolean preprocessing) {
    return new OnnxOptions(opset, layout, folded, preprocessing);
  }
}
