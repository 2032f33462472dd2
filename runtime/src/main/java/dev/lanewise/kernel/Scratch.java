package dev.lanewise.kernel;

import dev.lanewise.kernel.gemm.Gemm;
import dev.lanewise.kernel.gemm.WeightGradient;
import dev.lanewise.kernel.winograd.Winograd;
import dev.lanewise.kernel.winograd.WinogradStretchGradient;
import dev.lanewise.kernel.winograd.WinogradWeightGradient;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import java.util.stream.IntStream;

/**
 * Memory that kernels use within one call: packed panels per thread, and buffers that all threads
 * share. One per network; buffers grow on first use and are then kept.
 */
public final class Scratch {
  /** Floats per thread: what the product that needs most of it needs. */
  static final int SLOT =
      Arena.aligned(
          IntStream.of(
                  Gemm.PANEL + Gemm.TILES,
                  WeightGradient.PANELS,
                  Winograd.SLOT,
                  WinogradWeightGradient.SLOT,
                  WinogradStretchGradient.SLOT)
              .max()
              .getAsInt());

  private final WorkerPool pool;
  private final ConvAlgorithm algorithm;
  private final float[] slots;
  private final int[][] pixels;
  private float[] weights = new float[0];
  private float[] points = new float[0];
  private float[] partials = new float[0];
  private float[] map = new float[0];

  /**
   * Allocates panels for each thread of a pool, for the {@link ConvAlgorithm#preferred} algorithm.
   */
  public Scratch(WorkerPool pool) {
    this(pool, ConvAlgorithm.preferred());
  }

  /** Allocates panels for each thread of a pool. */
  public Scratch(WorkerPool pool, ConvAlgorithm algorithm) {
    this.pool = pool;
    this.algorithm = algorithm;
    this.slots = Arena.allocate(Math.multiplyExact(SLOT, pool.threads()));
    this.pixels = new int[pool.threads()][Gemm.CHUNK_ROWS];
  }

  /** Returns the threads on which kernels run. */
  public WorkerPool pool() {
    return pool;
  }

  /** Returns how 3x3 convolutions are computed. */
  public ConvAlgorithm algorithm() {
    return algorithm;
  }

  /** Returns the array of all panels. */
  public float[] slots() {
    return slots;
  }

  /** Returns where a thread's panels begin. */
  public int slotAt(int slot) {
    return Arena.FIRST + slot * SLOT;
  }

  /** Returns a thread's buffer for the pixel numbers of a chunk's rows. */
  public int[] pixels(int slot) {
    return pixels[slot];
  }

  /** Returns a buffer for rearranged weights, to be used from {@link Arena#FIRST} on. */
  public float[] weights(int size) {
    weights = atLeast(weights, size);
    return weights;
  }

  /** Returns a buffer for the points of weights, to be used from {@link Arena#FIRST} on. */
  public float[] points(int size) {
    points = atLeast(points, size);
    return points;
  }

  /** Returns a buffer for a map with its border, to be used from {@link Arena#FIRST} on. */
  public float[] map(int size) {
    map = atLeast(map, size);
    return map;
  }

  /** Returns a buffer for partial sums, to be used from {@link Arena#FIRST} on. */
  public float[] partials(int size) {
    partials = atLeast(partials, size);
    return partials;
  }

  private static float[] atLeast(float[] buffer, int size) {
    return buffer.length < size + Arena.FIRST ? Arena.allocate(size) : buffer;
  }
}
