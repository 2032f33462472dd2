package dev.lanewise.benchmarks.scaling;

import dev.lanewise.parallel.Task;
import dev.lanewise.parallel.WorkerPool;
import java.util.ArrayList;
import java.util.List;

/** A pool of one thread that notes each region, and how long each part of it took. */
public final class TracingPool extends WorkerPool {
  private final List<Region> regions = new ArrayList<>();
  private long end = System.nanoTime();

  /** Starts without regions. */
  public TracingPool() {
    super(1);
  }

  @Override
  public void run(int parts, Task task) {
    long start = System.nanoTime();
    long[] nanos = new long[parts];
    super.run(
        parts,
        (index, slot) -> {
          long before = System.nanoTime();
          task.run(index, slot);
          nanos[index] = System.nanoTime() - before;
        });
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
