package dev.lanewise.kernel;

/**
 * A convolution's weights as inference wants them for Winograd's method: turned into points once
 * and kept for all batch sizes, until the weights change.
 */
final class FixedFilter {
  private final Scratch scratch;
  private final PackedMatrix weights;
  private WinogradTransform transform;
  private WinogradMatrices matrices;

  /** Starts without points. */
  FixedFilter(Scratch scratch, PackedMatrix weights) {
    this.scratch = scratch;
    this.weights = weights;
  }

  /** Returns the points of some transforms; those of others are forgotten. */
  WinogradMatrices of(WinogradTransform wanted) {
    if (matrices == null || transform.points != wanted.points) {
      transform = wanted;
      matrices = new WinogradMatrices(scratch, new WinogradFilter(wanted, weights, false), true);
    }
    return matrices;
  }

  /** Says that the weights have changed. */
  void renew() {
    if (matrices != null) {
      matrices.renew();
    }
  }

  /** Gives the points' memory back, until they are wanted again. */
  void release() {
    if (matrices != null) {
      matrices.release();
    }
  }
}
