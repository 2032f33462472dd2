package dev.lanewise.kernel;

import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;

/**
 * Memory that kernels use within one call: some for each thread, and buffers that all threads
 * share. Kernels that run one after another share one; all of it grows when it is first needed, and
 * is then kept.
 */
public final class Scratch {
  /**
   * Images that batch-invariant passes choose methods for: what is chosen for 2 is as fast for 1,
   * and saves a large batch most of what is chosen for 1 would cost it.
   */
  private static final int CHOSEN_FOR = 2;

  private final WorkerPool pool;
  private final ConvAlgorithm algorithm;
  private final boolean batchInvariant;
  private final int[][] pixels;
  private int localSize;
  private float[] local = new float[0];
  private float[] weights = new float[0];
  private float[] points = new float[0];
  private float[] partials = new float[0];
  private float[] map = new float[0];

  /**
   * Starts without memory, for the {@link ConvAlgorithm#preferred} algorithm.
   *
   * @param pool threads on which kernels run
   */
  public Scratch(WorkerPool pool) {
    this(pool, ConvAlgorithm.preferred());
  }

  /**
   * Starts without memory.
   *
   * @param pool threads on which kernels run
   * @param algorithm how 3x3 convolutions are computed
   */
  public Scratch(WorkerPool pool, ConvAlgorithm algorithm) {
    this(pool, algorithm, false);
  }

  /**
   * Starts without memory.
   *
   * @param pool threads on which kernels run
   * @param algorithm how 3x3 convolutions are computed
   * @param batchInvariant whether forward passes choose methods without regard to the batch
   */
  public Scratch(WorkerPool pool, ConvAlgorithm algorithm, boolean batchInvariant) {
    this.pool = pool;
    this.algorithm = algorithm;
    this.batchInvariant = batchInvariant;
    this.pixels = new int[pool.threads()][TaskSizes.CHUNK_ROWS];
  }

  /** {@return the threads on which kernels run} */
  public WorkerPool pool() {
    return pool;
  }

  /** {@return how 3x3 convolutions are computed} */
  public ConvAlgorithm algorithm() {
    return algorithm;
  }

  /**
   * {@return the images of the batch for which forward passes choose methods: where it is always
   * the same, an image's results are the same bits in any batch}
   *
   * @param images of the batch
   */
  public int chosenFor(int images) {
    return batchInvariant ? CHOSEN_FOR : images;
  }

  /**
   * Makes each thread's part of {@link #local} hold a number of floats. A kernel calls this when it
   * is planned, for the most that a task of it needs, and not while it runs.
   *
   * @param floats what a task needs
   */
  public void reserve(int floats) {
    int size = Arena.aligned(floats);
    if (size > localSize) {
      localSize = size;
      local = Arena.allocate(Math.multiplyExact(size, pool.threads()));
    }
  }

  /** {@return the array that holds each thread's own memory} */
  public float[] local() {
    return local;
  }

  /**
   * {@return where a thread's own memory begins in {@link #local}}
   *
   * @param thread number of the thread within the pool
   */
  public int localAt(int thread) {
    return Arena.FIRST + thread * localSize;
  }

  /**
   * {@return a thread's buffer for the pixel numbers of a chunk's rows}
   *
   * @param thread number of the thread within the pool
   */
  public int[] pixels(int thread) {
    return pixels[thread];
  }

  /**
   * {@return a buffer for rearranged weights, to be used from {@link Arena#FIRST} on}
   *
   * @param size least number of floats
   */
  public float[] weights(int size) {
    weights = atLeast(weights, size);
    return weights;
  }

  /**
   * {@return a buffer for the points of weights, to be used from {@link Arena#FIRST} on}
   *
   * @param size least number of floats
   */
  public float[] points(int size) {
    points = atLeast(points, size);
    return points;
  }

  /**
   * {@return a buffer for a map with its border, to be used from {@link Arena#FIRST} on}
   *
   * @param size least number of floats
   */
  public float[] map(int size) {
    map = atLeast(map, size);
    return map;
  }

  /**
   * {@return a buffer for partial sums, to be used from {@link Arena#FIRST} on}
   *
   * @param size least number of floats
   */
  public float[] partials(int size) {
    partials = atLeast(partials, size);
    return partials;
  }

  private static float[] atLeast(float[] buffer, int size) {
    return buffer.length < size + Arena.FIRST ? Arena.allocate(size) : buffer;
  }
}
