package dev.lanewise.kernel;

/**
 * How convolutions with 3x3 windows of stride 1 are computed. All others are always direct.
 *
 * <p>Winograd's method takes fewer multiplications and rounds a little more: see
 * docs/benchmarks.md.
 */
public enum ConvAlgorithm {
  /** By the method that is fastest for the shape. */
  AUTO(0),

  /** As one matrix product per convolution. */
  DIRECT(0),

  /** By Winograd's F(2x2, 3x3). */
  WINOGRAD_2(2),

  /** By Winograd's F(4x4, 3x3). */
  WINOGRAD_4(4);

  /** Outputs along one side of a patch; 0 where the algorithm alone does not say it. */
  final int outputs;

  ConvAlgorithm(int outputs) {
    this.outputs = outputs;
  }
}
