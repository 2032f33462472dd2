package dev.lanewise.train;

import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import java.util.Arrays;
import java.util.List;

/** Walks over ranges of parameters in chunks, on all threads, without allocating. */
final class OptimizerPass implements Task {
  /** Floats of a chunk: large enough to hide the claim of a part, small enough to share out. */
  static final int CHUNK = 1 << 16;

  private final Change change;
  private List<ParameterRange> ranges = List.of();

  /** Number of chunks before each range. */
  private int[] before = new int[1];

  /** Does the work on some of the indices. */
  @FunctionalInterface
  interface Change {
    /** Changes the parameters at the indices [from, to), which are the part of this number. */
    void step(int part, int from, int to, ParameterRange range);
  }

  OptimizerPass(Change change) {
    this.change = change;
  }

  /** Returns the number of parts that ranges are cut into. */
  static int parts(List<ParameterRange> ranges) {
    int chunks = 0;
    for (int i = 0; i < ranges.size(); i++) {
      chunks += chunks(ranges.get(i));
    }
    return chunks;
  }

  private static int chunks(ParameterRange range) {
    return Math.ceilDiv(range.to() - Arena.FIRST, CHUNK) - firstChunk(range);
  }

  /** Calls the work for all of the ranges. */
  void run(WorkerPool pool, List<ParameterRange> ranges) {
    this.ranges = ranges;
    if (before.length < ranges.size()) {
      before = new int[ranges.size()];
    }
    int chunks = 0;
    for (int i = 0; i < ranges.size(); i++) {
      before[i] = chunks;
      chunks += chunks(ranges.get(i));
    }
    pool.run(chunks, this);
  }

  /** Chunks begin where arenas are aligned, wherever the range itself begins. */
  private static int firstChunk(ParameterRange range) {
    return Math.floorDiv(range.from() - Arena.FIRST, CHUNK);
  }

  @Override
  public void run(int index, int slot) {
    int found = Arrays.binarySearch(before, 0, ranges.size(), index);
    int at = found < 0 ? -found - 2 : found;
    ParameterRange range = ranges.get(at);
    long start = Arena.FIRST + (long) (firstChunk(range) + index - before[at]) * CHUNK;
    change.step(
        index,
        (int) Math.max(range.from(), start),
        (int) Math.min(range.to(), start + CHUNK),
        range);
  }
}
