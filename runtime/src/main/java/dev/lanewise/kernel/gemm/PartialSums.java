package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Arena;
import jdk.incubator.vector.FloatVector;

/**
 * A gradient of weights that is computed in parts, each over a stretch of the pixels: the parts'
 * results lie in a buffer and are added up in order. A single part is computed in place.
 */
public final class PartialSums {
  /** Floats that a task adds up. */
  private static final int SIZE = 2048;

  private final Scratch scratch;
  private final int parts;
  private final int size;
  private final Task sum = this::sum;

  private float[] partials;
  private int partialsAt;
  private float[] dst;
  private int dstAt;

  /**
   * Plans the sums of one shape.
   *
   * @param parts number of parts
   * @param size floats of a result, a multiple of the lane count
   */
  public PartialSums(Scratch scratch, int parts, int size) {
    this.scratch = scratch;
    this.parts = parts;
    this.size = size;
  }

  /** Begins a gradient that will be written to dst, from index dstAt on. */
  public void begin(float[] dst, int dstAt) {
    this.dst = dst;
    this.dstAt = dstAt;
    partials = parts == 1 ? dst : scratch.partials(Math.multiplyExact(parts, size));
    partialsAt = parts == 1 ? dstAt : Arena.FIRST;
  }

  /** Returns the array for the parts' results. */
  public float[] target() {
    return partials;
  }

  /** Returns where a part's result begins in {@link #target}. */
  public int targetAt(int part) {
    return partialsAt + part * size;
  }

  /** Adds the parts up. */
  public void end() {
    if (parts > 1) {
      scratch.pool().run(Lanes.ceilDiv(size, SIZE), sum);
    }
  }

  private void sum(int index, int slot) {
    int from = index * SIZE;
    int to = Math.min(size, from + SIZE);
    for (int i = from; i < to; i += LANES) {
      FloatVector total = FloatVector.fromArray(SPECIES, partials, targetAt(0) + i);
      for (int part = 1; part < parts; part++) {
        total = total.add(FloatVector.fromArray(SPECIES, partials, targetAt(part) + i));
      }
      total.intoArray(dst, dstAt + i);
    }
  }
}
