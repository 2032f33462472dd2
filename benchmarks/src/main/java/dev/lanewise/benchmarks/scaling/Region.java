package dev.lanewise.benchmarks.scaling;

import java.util.PriorityQueue;

/**
 * A parallel region as it ran on one thread.
 *
 * @param before nanoseconds on the caller since the region before
 * @param parts nanoseconds of each part, in the order in which threads claim them
 */
public record Region(long before, long[] parts) {
  /** Returns the nanoseconds of all parts. */
  public long total() {
    long total = 0;
    for (long part : parts) {
      total += part;
    }
    return total;
  }

  /**
   * Returns the nanoseconds that the parts take on a number of equal threads, each of which claims
   * the next part as soon as it has none.
   */
  public long onThreads(int threads) {
    PriorityQueue<Long> free = new PriorityQueue<>();
    for (int i = 0; i < Math.min(threads, parts.length); i++) {
      free.add(0L);
    }
    long end = 0;
    for (long part : parts) {
      long done = free.remove() + part;
      end = Math.max(end, done);
      free.add(done);
    }
    return end;
  }
}
