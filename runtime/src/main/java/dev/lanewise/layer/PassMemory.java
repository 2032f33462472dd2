package dev.lanewise.layer;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.ArenaPlan;
import java.util.Arrays;

/**
 * Memory that passes over a network work in: arrays for activations and their gradients, an array
 * as long as the parameters' for gradients or folded weights, and what kernels need within a call.
 *
 * <p>Each pass has a memory of its own, unless it is given another's. Passes over one memory take
 * turns: what runs takes it over, and what another left there is lost. A memory belongs to one
 * network and to one pool; passes over different memories and pools may run at the same time.
 */
public final class PassMemory {
  private final WorkerPool pool;
  private final int largestArray;
  private final Scratch scratch;

  private float[][] arrays = new float[0][];
  private int generation;
  private Object arenaHolder;

  private float[] parameters;
  private Object parametersHolder;

  /**
   * Starts a memory that grows as passes are planned over it.
   *
   * @param pool threads on which the passes run
   */
  public PassMemory(WorkerPool pool) {
    this(pool, Arena.LARGEST);
  }

  /**
   * Starts a memory that grows as passes are planned over it.
   *
   * @param pool threads on which the passes run
   * @param largestArray floats that an array of activations may have; a plan that needs more is
   *     spread over several. The results are the same
   * @throws IllegalArgumentException where no array has that length
   */
  public PassMemory(WorkerPool pool, int largestArray) {
    this(pool, largestArray, false);
  }

  private PassMemory(WorkerPool pool, int largestArray, boolean batchInvariant) {
    ArenaPlan.measuring(largestArray);
    this.pool = pool;
    this.largestArray = largestArray;
    this.scratch = new Scratch(pool, ConvAlgorithm.preferred(), batchInvariant);
  }

  /**
   * {@return a memory whose inference passes choose methods without regard to the batch: what they
   * say of an image are the same bits alone and in any batch} A large batch takes a little longer
   * by them.
   *
   * @param pool threads on which the passes run
   */
  public static PassMemory batchInvariant(WorkerPool pool) {
    return new PassMemory(pool, Arena.LARGEST, true);
  }

  /** {@return the threads on which the passes run} */
  public WorkerPool pool() {
    return pool;
  }

  /** {@return the floats that an array of activations may have} */
  public int largestArray() {
    return largestArray;
  }

  /** {@return what the passes' kernels need within a call} */
  public Scratch scratch() {
    return scratch;
  }

  /** {@return a plan that only measures, as {@link #plan} then does} */
  public ArenaPlan measuring() {
    return ArenaPlan.measuring(largestArray);
  }

  /**
   * Makes room for a pass.
   *
   * @param measured the pass's plan, walked through
   * @return a plan over this memory's arrays
   */
  public ArenaPlan plan(ArenaPlan measured) {
    int[] extents = measured.extents();
    int kept = arrays.length;
    arrays = Arrays.copyOf(arrays, Math.max(kept, extents.length));
    for (int i = 0; i < extents.length; i++) {
      if (i >= kept || arrays[i].length < extents[i]) {
        // Passes that lie in the smaller array must not keep it: they are planned anew.
        generation += i < kept ? 1 : 0;
        arrays[i] = null;
        arrays[i] = Arena.allocate(extents[i] - Arena.FIRST);
      }
    }
    return ArenaPlan.over(largestArray, arrays);
  }

  /** {@return a number that changes where arrays make way for larger ones} */
  public int generation() {
    return generation;
  }

  /**
   * Lets a pass take over the arrays of activations.
   *
   * @param pass holds the arrays from now on
   */
  public void take(Object pass) {
    arenaHolder = pass;
  }

  /**
   * {@return whether a pass was the last to {@link #take} the arrays of activations}
   *
   * @param pass as it was given to {@link #take}
   */
  public boolean isHeldBy(Object pass) {
    return arenaHolder == pass;
  }

  /**
   * Lets gradients or folded weights take over the array for them.
   *
   * @param holder whose values the array holds from now on
   * @param size floats of the parameters' array, its first ones included
   * @return an array from {@link Arena#allocate}; what it holds is of no meaning to a new holder
   */
  public float[] takeParameters(Object holder, int size) {
    if (parameters == null) {
      parameters = Arena.allocate(size);
    }
    if (parameters.length < size) {
      throw new IllegalArgumentException(
          "a memory for passes belongs to one network, got a second one with more parameters");
    }
    parametersHolder = holder;
    return parameters;
  }

  /**
   * {@return whether gradients or folded weights are still in the array for them}
   *
   * @param holder as it was given to {@link #takeParameters}
   */
  public boolean holdsParametersOf(Object holder) {
    return parametersHolder == holder;
  }
}
