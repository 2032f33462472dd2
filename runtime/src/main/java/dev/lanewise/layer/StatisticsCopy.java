package dev.lanewise.layer;

/**
 * What layers keep themselves, as the moving statistics of batch normalisations, at one time: a
 * step whose loss is no number has changed them already.
 */
public final class StatisticsCopy {
  private final ParameterStore store;
  private final float[] values;

  /**
   * Copies the statistics as they are.
   *
   * @param store the network's
   */
  public StatisticsCopy(ParameterStore store) {
    this.store = store;
    this.values = store.state().clone();
  }

  /** Copies the statistics as they are now. */
  public void take() {
    System.arraycopy(store.state(), 0, values, 0, values.length);
  }

  /** Gives the network the copy's values. */
  public void restore() {
    System.arraycopy(values, 0, store.state(), 0, values.length);
    store.changed();
  }

  /** {@return how many values there are} */
  public int size() {
    return values.length;
  }

  /**
   * Tells how far the network's values have moved from the copy's.
   *
   * @param weight what the distance is multiplied by
   * @param dst receives {@link #size} values
   */
  public void distance(float weight, float[] dst) {
    float[] state = store.state();
    for (int i = 0; i < values.length; i++) {
      dst[i] = weight * (state[i] - values[i]);
    }
  }

  /**
   * Gives the network values at a distance from the copy's: those that did not move keep their
   * bits.
   *
   * @param distance of each value
   */
  public void restoreAt(float[] distance) {
    float[] state = store.state();
    for (int i = 0; i < values.length; i++) {
      state[i] = values[i] + distance[i];
    }
    store.changed();
  }
}
