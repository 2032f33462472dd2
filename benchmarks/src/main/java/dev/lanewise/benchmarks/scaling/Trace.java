package dev.lanewise.benchmarks.scaling;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The regions of one piece of work, on one thread.
 *
 * @param regions in the order in which they ran
 */
public record Trace(List<Region> regions) {
  /**
   * Runs a piece of work several times, always with the same regions, and takes the median of each
   * part.
   *
   * @param warmUps runs that are not counted
   * @param runs runs that are
   */
  public static Trace of(TracingPool pool, int warmUps, int runs, Runnable work) {
    for (int i = 0; i < warmUps; i++) {
      work.run();
    }
    List<List<Region>> all =
        IntStream.range(0, runs)
            .mapToObj(
                i -> {
                  pool.take();
                  work.run();
                  return pool.take();
                })
            .toList();
    return new Trace(
        IntStream.range(0, all.get(0).size())
            .mapToObj(r -> median(all.stream().map(run -> run.get(r)).toList()))
            .toList());
  }

  private static Region median(List<Region> runs) {
    long[] parts = new long[runs.get(0).parts().length];
    for (int p = 0; p < parts.length; p++) {
      int part = p;
      parts[p] = median(runs.stream().mapToLong(run -> run.parts()[part]).toArray());
    }
    return new Region(median(runs.stream().mapToLong(Region::before).toArray()), parts);
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Returns the parts of each region: {@code "24"}, or {@code "24+16"} of two regions. */
  public String parts() {
    return String.join(
        "+", regions.stream().map(region -> Integer.toString(region.parts().length)).toList());
  }

  /**
   * Returns the nanoseconds of the work on a number of equal threads.
   *
   * @param start nanoseconds that starting a region on several threads costs
   */
  public long onThreads(int threads, long start) {
    long nanos = 0;
    for (Region region : regions) {
      nanos += region.before() + region.onThreads(threads);
      nanos += threads == 1 || region.parts().length == 1 ? 0 : start;
    }
    return nanos;
  }
}
