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
}
