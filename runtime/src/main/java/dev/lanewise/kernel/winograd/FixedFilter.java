package dev.lanewise.kernel.winograd;

import dev.lanewise.tensor.Arena;
import java.util.HashMap;
import java.util.Map;

/**
 * A convolution's weights as inference needs them for Winograd's method: transformed once and kept
 * for all batch sizes, until the weights change. Products on several threads may share them. Where
 * memory is short they are not kept, but made for each call.
 */
public final class FixedFilter {
  private final Map<Class<? extends WinogradTransform>, Kept> kept = new HashMap<>();
  private volatile boolean keeping = true;

  /** The weights after one transform. */
  private static final class Kept {
    private final float[] points;
    private boolean current;

    Kept(int size) {
      points = Arena.allocate(size);
    }
  }

  /** Starts without transformed weights. */
  public FixedFilter() {}

  /**
   * Chooses whether transformed weights are kept; if not, those that are there are forgotten.
   *
   * @param keep whether they are kept from now on
   */
  public synchronized void keep(boolean keep) {
    keeping = keep;
    if (!keep) {
      kept.clear();
    }
  }

  /** Returns whether transformed weights are kept. */
  boolean keeps() {
    return keeping;
  }

  /** Says that the weights have changed. */
  public synchronized void renew() {
    kept.values().forEach(one -> one.current = false);
  }

  /**
   * Returns the weights after a transform; the first caller makes them, and others wait for it.
   *
   * @param transform the transform
   * @param matrices makes them of the weights at src[srcAt...]
   * @return the matrices, from {@link Arena#FIRST} on
   */
  synchronized float[] points(
      WinogradTransform transform, WinogradMatrices matrices, float[] src, int srcAt) {
    Kept one = kept.get(transform.getClass());
    if (one == null) {
      one = new Kept(matrices.size());
      kept.put(transform.getClass(), one);
    }
    if (!one.current) {
      matrices.make(src, srcAt, one.points);
      one.current = true;
    }
    return one.points;
  }
}
