package dev.lanewise.kernel.winograd;

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
 * for each of the points, (m+2)^2 of them where a patch has (m+2)^2 pixels. Vectors run along
 * channels.
 */
public abstract sealed class WinogradTransform permits Winograd2, Winograd4, WinogradPair {
  /** m: outputs of a patch along one side. */
  final int outputs;

  /** Pixels of a patch along one side. */
  final int pixels;

  /** Points along one side. */
  final int points;

  WinogradTransform(int outputs, int pixels, int points) {
    this.outputs = outputs;
    this.pixels = pixels;
    this.points = points;
  }

  /** Returns how far the first pixel lies inside of what the first output's window reads. */
  int inset() {
    return (outputs + 2 - pixels) / 2;
  }

  /**
   * dst = B' src along one side: pixels become points. src and dst may be the same where there are
   * as many.
   *
   * @param step distance of src's pixels
   * @param dstStep distance of dst's points
   * @param count channels, a multiple of the lane count
   */
  abstract void input(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = A' src along one side: points become m outputs. */
  abstract void output(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = G src along one side: 3 taps become points. */
  abstract void filter(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = A src along one side, the adjoint of output: m gradients become points. */
  abstract void outputAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);

  /** dst = G' src along one side, the adjoint of filter: points become 3 taps. */
  abstract void filterAdjoint(
      float[] src, int at, int step, float[] dst, int dstAt, int dstStep, int count);
}
