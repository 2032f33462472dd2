package dev.lanewise.kernel.winograd;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.kernel.PackedMatrix;

/**
 * Turns the products of points into the taps of weights' gradients, see {@link WinogradTransform}.
 */
public final class WinogradTaps {
  /** Rows that are transformed at a time. */
  private static final int ROWS = 4;

  /** Floats of scratch memory that a transform needs: 6 x 3 points. */
  static final int SCRATCH = 6 * 3 * ROWS * NR;

  private final WinogradTransform transform;
  private final PackedMatrix weights;
  private final int channels;

  /**
   * Plans transforms of one shape.
   *
   * @param weights layout of the gradients, [9*IC, OC]
   */
  WinogradTaps(WinogradTransform transform, PackedMatrix weights) {
    this.transform = transform;
    this.weights = weights;
    this.channels = weights.rows() / 9;
  }

  /**
   * Transforms some channels of the input in a panel.
   *
   * @param products rows of NR products from index at on, one for each channel
   * @param plane distance of points in products
   * @param dst receives the taps; the layout begins at dstAt
   * @param scratch {@link #SCRATCH} floats from index scratchAt on
   */
  void transform(
      int panel,
      int channel,
      int end,
      float[] products,
      int at,
      int plane,
      float[] dst,
      int dstAt,
      float[] scratch,
      int scratchAt) {
    int to = dstAt + panel * weights.panelSize();
    for (int c = channel; c < end; c += ROWS) {
      int count = Math.min(ROWS, end - c) * NR;
      int from = at + (c - channel) * NR;
      transform(products, from, plane, dst, to + c * NR, count, scratch, scratchAt);
    }
    if (end == channels) {
      weights.clearPadding(panel, dst, dstAt);
    }
  }

  private void transform(
      float[] products,
      int at,
      int plane,
      float[] dst,
      int dstAt,
      int count,
      float[] scratch,
      int scratchAt) {
    int side = transform.points;
    int tap = channels * NR;
    for (int w = 0; w < side; w++) {
      int column = scratchAt + w * count;
      transform.filterAdjoint(
          products, at + w * plane, side * plane, scratch, column, side * count, count);
    }
    for (int kh = 0; kh < 3; kh++) {
      int row = scratchAt + kh * side * count;
      transform.filterAdjoint(scratch, row, count, dst, dstAt + kh * 3 * tap, tap, count);
    }
  }
}
