package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import jdk.incubator.vector.FloatVector;

/**
 * A gradient of weights that is computed in slices, each over some of the pixels in a row: the
 * slices' results lie in a buffer and are added up in order. A single slice is computed in place.
 */
public final class PartialSums {
  /** Floats that a task adds up. */
  private static final int SIZE = 2048;

  private final Scratch scratch;
  private final int slices;
  private final int size;
  private final Task sum = this::sum;

  private float[] partials;
  private int partialsAt;
  private float[] dst;
  private int dstAt;

  /**
   * Plans the sums of one shape.
   *
   * @param slices number of slices
   * @param size floats of a result, a multiple of the lane count
   */
  public PartialSums(Scratch scratch, int slices, int size) {
    this.scratch = scratch;
    this.slices = slices;
    this.size = size;
  }

  /** Begins a gradient that will be written to dst, from index dstAt on. */
  public void begin(float[] dst, int dstAt) {
    this.dst = dst;
    this.dstAt = dstAt;
    partials = slices == 1 ? dst : scratch.partials(Math.multiplyExact(slices, size));
    partialsAt = slices == 1 ? dstAt : Arena.FIRST;
  }

  /** Returns the array for the slices' results. */
  public float[] target() {
    return partials;
  }

  /** Returns where a slice's result begins in {@link #target}. */
  public int targetAt(int slice) {
    return partialsAt + slice * size;
  }

  /** Adds the slices up. */
  public void end() {
    if (slices > 1) {
      scratch.pool().run(Lanes.ceilDiv(size, SIZE), sum);
    }
  }

  private void sum(int index, int thread) {
    int from = index * SIZE;
    int to = Math.min(size, from + SIZE);
    for (int i = from; i < to; i += LANES) {
      FloatVector total = FloatVector.fromArray(SPECIES, partials, targetAt(0) + i);
      for (int slice = 1; slice < slices; slice++) {
        total = total.add(FloatVector.fromArray(SPECIES, partials, targetAt(slice) + i));
      }
      total.intoArray(dst, dstAt + i);
    }
  }
}
