package dev.lanewise.layer;

import dev.lanewise.kernel.update.ArrayKernel;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;

/**
 * A second set of all parameters of a network, those that layers keep themselves included: a moving
 * average of them, or what they were at their best.
 */
public final class ParameterCopy {
  /** Values of a part: as much as an optimiser's. */
  private static final int CHUNK = 1 << 16;

  private final ParameterStore store;
  private final WorkerPool pool;
  private final float[] values;
  private final float[] state;

  /**
   * Copies the parameters as they are.
   *
   * @param store the network's
   * @param pool threads that share the work
   */
  public ParameterCopy(ParameterStore store, WorkerPool pool) {
    this.store = store;
    this.pool = pool;
    this.values = store.newArray();
    this.state = new float[store.state().length];
    take();
  }

  /** Copies the parameters as they are now. */
  public void take() {
    System.arraycopy(store.values(), 0, values, 0, store.end());
    System.arraycopy(store.state(), 0, state, 0, state.length);
  }

  /**
   * Moves the copy towards the parameters.
   *
   * @param weight share of the way: 0 for none, 1 for all of it
   */
  public void approach(double weight) {
    int end = store.end();
    int parts = Math.ceilDiv(end - Arena.FIRST, CHUNK);
    pool.run(
        parts,
        (part, slot) -> {
          int from = Arena.FIRST + part * CHUNK;
          ArrayKernel.average(
              store.values(), values, from, Math.min(from + CHUNK, end), (float) weight);
        });
    ArrayKernel.average(store.state(), state, 0, state.length, (float) weight);
  }

  /** Gives the network the copy's values, and keeps the network's as the copy. */
  public void exchange() {
    exchange(store.values(), values, Arena.FIRST, store.end());
    exchange(store.state(), state, 0, state.length);
    store.changed();
  }

  private static void exchange(float[] a, float[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      float value = a[i];
      a[i] = b[i];
      b[i] = value;
    }
  }

  /** Gives the network the copy's values. */
  public void restore() {
    System.arraycopy(values, 0, store.values(), 0, store.end());
    System.arraycopy(state, 0, store.state(), 0, state.length);
    store.changed();
  }

  /**
   * {@return a parameter's values in this copy, in Keras's layout}
   *
   * @param parameter one of the network's
   */
  public float[] values(Parameter parameter) {
    return parameter.read(parameter.trainable() ? values : state);
  }

  /**
   * Overwrites a parameter's values in this copy.
   *
   * @param parameter one of the network's
   * @param given in Keras's layout
   * @throws IllegalArgumentException where their number is not the parameter's
   */
  public void setValues(Parameter parameter, float[] given) {
    parameter.write(given, parameter.trainable() ? values : state);
  }
}
