package dev.lanewise.benchmarks.serving;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What callers got who each asked again as soon as they were answered.
 *
 * @param perSecond images of all callers
 * @param median milliseconds of a call: half of them took no longer
 * @param slow milliseconds that 99 of 100 calls took no longer than
 */
record Load(double perSecond, double median, double slow) {
  private static final double NANOS = 1e9;
  private static final double MILLI = 1e6;

  /** Lets callers ask for a time. */
  static Load of(Contender contender, float[][] images, int callers, double seconds)
      throws InterruptedException, ExecutionException {
    List<long[]> all = new ArrayList<>();
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * NANOS);
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<long[]>> times = new ArrayList<>();
      for (int caller = 0; caller < callers; caller++) {
        int first = caller;
        times.add(threads.submit(() -> call(contender, images, first, end)));
      }
      for (Future<long[]> one : times) {
        all.add(one.get());
      }
    }
    double elapsed = (System.nanoTime() - begun) / NANOS;
    long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    return new Load(sorted.length / elapsed, percentile(sorted, 50), percentile(sorted, 99));
  }

  private static long[] call(Contender contender, float[][] images, int first, long end)
      throws InterruptedException {
    List<Long> times = new ArrayList<>();
    long now = System.nanoTime();
    for (int i = first; now < end; i++) {
      contender.classify(images[i % images.length]);
      long after = System.nanoTime();
      times.add(after - now);
      now = after;
    }
    return times.stream().mapToLong(Long::longValue).toArray();
  }

  private static double percentile(long[] sorted, int percent) {
    int index = (int) Math.ceil(percent / 100.0 * sorted.length) - 1;
    return sorted[Math.max(0, index)] / MILLI;
  }
}
