package dev.lanewise.kernel;

/**
 * A convolution's weights as inference wants them for Winograd's method: turned into points once
 * and kept for all batch sizes, until the weights change.
 */
final class FixedFilter {
  private final Scratch scratch;
  private final PackedMatrix weights;
  private WinogradTransform transform;
  private WinogradFilter filter;

  /** Starts without points. */
  FixedFilter(Scratch scratch, PackedMatrix weights) {
    this.scratch = scratch;
    this.weights = weights;
  }

  /** Returns the filter for patches with m x m outputs; the points for others are forgotten. */
  WinogradFilter of(WinogradTransform wanted) {
    if (filter == null || transform.outputs != wanted.outputs) {
      transform = wanted;
      filter = new WinogradFilter(scratch, wanted, weights, false, true);
    }
    return filter;
  }

  /** Says that the weights have changed. */
  void renew() {
    if (filter != null) {
      filter.renew();
    }
  }

  /** Gives the points' memory back, until they are wanted again. */
  void release() {
    if (filter != null) {
      filter.release();
    }
  }
}
