package dev.lanewise.train;

import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;

/** Walks over a range of parameters in chunks, on all threads, without allocating. */
final class OptimizerPass implements Task {
  /** Floats of a chunk: large enough to hide the claim of a part, small enough to share out. */
  static final int CHUNK = 1 << 16;

  private final Range range;
  private int from;
  private int to;
  private int firstChunk;

  /** Does the work on some of the indices. */
  @FunctionalInterface
  interface Range {
    /** Changes the parameters at the indices [from, to). */
    void step(int from, int to);
  }

  OptimizerPass(Range range) {
    this.range = range;
  }

  /** Calls the range's work for all of [from, to). */
  void run(WorkerPool pool, int from, int to) {
    this.from = from;
    this.to = to;
    // Chunks begin where arenas are aligned, wherever the range itself begins.
    firstChunk = Math.floorDiv(from - Arena.FIRST, CHUNK);
    int endChunk = Math.ceilDiv(to - Arena.FIRST, CHUNK);
    pool.run(Math.max(0, endChunk - firstChunk), this);
  }

  @Override
  public void run(int index, int slot) {
    long start = Arena.FIRST + (long) (firstChunk + index) * CHUNK;
    range.step((int) Math.max(from, start), (int) Math.min(to, start + CHUNK));
  }
}
