package dev.lanewise.spec;

/** How a convolution or a pooling treats the border of its input, after Keras. */
public enum Padding {
  /** No padding: the window stays inside the input. */
  VALID,
  /**
   * Output size is ceil(input / stride). An odd amount of padding puts the larger half at the end,
   * as Keras does for even kernels and for strides.
   */
  SAME,
  /** The amounts given by {@code pad}: as Keras's ZeroPadding2D followed by a valid window. */
  EXPLICIT
}
