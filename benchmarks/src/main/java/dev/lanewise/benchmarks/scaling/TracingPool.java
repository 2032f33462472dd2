package dev.lanewise.benchmarks.scaling;

import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool that runs all parts on the caller's thread, and notes each region and how long each part
 * of it took. What it runs is cut as for the pool's number of threads.
 */
public final class TracingPool extends WorkerPool {
  private final List<Region> regions = new ArrayList<>();
  private long end = System.nanoTime();

  /** Starts without regions. */
  public TracingPool(int threads) {
    super(threads);
  }

  @Override
  public void run(int parts, Task task) {
    long start = System.nanoTime();
    long[] nanos = new long[parts];
    for (int i = 0; i < parts; i++) {
      long before = System.nanoTime();
      task.run(i, 0);
      nanos[i] = System.nanoTime() - before;
    }
    regions.add(new Region(start - end, nanos));
    end = System.nanoTime();
  }

  /** Returns the regions since the last call, and forgets them. */
  public List<Region> take() {
    List<Region> taken = List.copyOf(regions);
    regions.clear();
    end = System.nanoTime();
    return taken;
  }
}
