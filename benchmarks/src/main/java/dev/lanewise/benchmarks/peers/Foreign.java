package dev.lanewise.benchmarks.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much of the machine other programs take while a contender works. */
final class Foreign {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final long LOOK_MILLIS = 250;

  private final Child child;
  private final long start;
  private final long own;

  /** Starts to watch. */
  Foreign(Child child) {
    this.child = child;
    // The system's load is told since the last call.
    SYSTEM.getCpuLoad();
    own = child.processorTime().toNanos();
    start = System.nanoTime();
  }

  /** Returns the share of all processors that others took since the start; 0 where unknown. */
  double share() {
    double all = (System.nanoTime() - start) * (double) SYSTEM.getAvailableProcessors();
    double used = (child.processorTime().toNanos() - own) / all;
    return Math.max(0, SYSTEM.getCpuLoad() - used);
  }

  /** Waits, while no contender works, until others take at most a share, or until nanoTime. */
  static void awaitQuiet(double share, long end) {
    SYSTEM.getCpuLoad();
    do {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PeersException("interrupted while waiting for a quiet machine", e);
      }
    } while (SYSTEM.getCpuLoad() > share && System.nanoTime() < end);
  }
}
