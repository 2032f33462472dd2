package dev.lanewise.kernel;

/**
 * The transforms of Winograd's convolution F(m x m, 3 x 3): Lavin and Gray, "Fast Algorithms for
 * Convolutional Neural Networks" (CVPR 2016), section 4. With x a patch of (m+2) x (m+2) input
 * pixels, w a filter and y the m x m outputs,
 *
 * <pre>{@code
 * y = A' ((G w G') * (B' x B)) A     and its adjoint     dw = G' ((A dy A') * (B' x B)) G
 * }</pre>
 *
 * where * multiplies element by element, summed over channels or over patches: one matrix product
 * for each of the (m+2)^2 points. Vectors run along channels.
 */
abstract sealed class WinogradTransform permits Winograd2, Winograd4 {
  /** m: outputs of a patch along one side. */
  final int outputs;

  /** m + 2: pixels of a patch along one side, and points along one side. */
  final int points;

  WinogradTransform(int outputs) {
    this.outputs = outputs;
    this.points = outputs + 2;
  }

  /** Returns the transforms of patches with m x m outputs, m being 2 or 4. */
  static WinogradTransform of(int outputs) {
    return outputs == 2 ? new Winograd2() : new Winograd4();
  }

  /**
   * dst = B' src along one side: m+2 pixels become m+2 points. src and dst may be the same.
   *
   * @param step distance of src's pixels
   * @param dstStep distance of dst's points
   * @param count channels, a multiple of the lane count
   */
  abstract void input(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = A' src along one side: m+2 points become m outputs. */
  abstract void output(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = G src along one side: 3 taps become m+2 points. */
  abstract void filter(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = A src along one side, the adjoint of output: m gradients become m+2 points. */
  abstract void outputAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = G' src along one side, the adjoint of filter: m+2 points become 3 taps. */
  abstract void filterAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);
}
