package dev.lanewise.kernel.winograd;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.tensor.Arena;

/**
 * A convolution's weights as inference wants them for Winograd's method: turned into points once
 * and kept for all batch sizes, until the weights change. Where memory is short they are not kept,
 * but made for each call.
 */
public final class FixedFilter {
  private final Scratch scratch;
  private final PackedMatrix weights;
  private boolean keeping = true;
  private WinogradTransform transform;
  private WinogradMatrices matrices;
  private float[] points;
  private boolean current;

  /** Starts without points. */
  public FixedFilter(Scratch scratch, PackedMatrix weights) {
    this.scratch = scratch;
    this.weights = weights;
  }

  /** Returns the matrices of some transforms; the points of others are forgotten. */
  public WinogradMatrices of(WinogradTransform wanted) {
    if (matrices == null || transform.points != wanted.points) {
      forget();
      transform = wanted;
      matrices = new WinogradMatrices(scratch, new WinogradFilter(wanted, weights, false), this);
    }
    return matrices;
  }

  /** Chooses whether points are kept; those that are not wanted any more are forgotten. */
  public void keep(boolean keep) {
    keeping = keep;
    if (!keep) {
      forget();
    }
  }

  /** Says that the weights have changed. */
  public void renew() {
    current = false;
  }

  private void forget() {
    current = false;
    points = null;
  }

  /** Returns whether {@link #points} are those of the weights. */
  boolean isCurrent() {
    return current;
  }

  /** Returns the points that are kept. */
  float[] points() {
    return points;
  }

  /** Returns memory for the points. */
  float[] take(int size) {
    if (!keeping) {
      return scratch.points(size);
    }
    if (points == null) {
      points = Arena.allocate(size);
    }
    return points;
  }

  /** Says that the points have been made. */
  void made() {
    current = keeping;
  }
}
