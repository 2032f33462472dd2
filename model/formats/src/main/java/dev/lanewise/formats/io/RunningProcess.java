package dev.lanewise.formats.io;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process by its number and its start, which together tell it from a later one of that number.
 *
 * @param pid the number
 * @param start when it started, in milliseconds since 1970; 0 where that is not known
 */
record RunningProcess(long pid, long start) {
  /** Two processes may see one start at times that differ, where the clock was set meanwhile. */
  private static final long TOLERANCE = Duration.ofSeconds(10).toMillis();

  /** Returns the process that this code runs in. */
  static RunningProcess current() {
    return of(ProcessHandle.current());
  }

  private static RunningProcess of(ProcessHandle process) {
    Optional<Instant> start = process.info().startInstant();
    return new RunningProcess(process.pid(), start.map(Instant::toEpochMilli).orElse(0L));
  }

  /** Returns whether it runs still, on this machine and as far as can be seen. */
  boolean isAlive() {
    Optional<RunningProcess> now =
        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).map(RunningProcess::of);
    return now.isPresent()
        && (start == 0 || now.get().start == 0 || Math.abs(now.get().start - start) <= TOLERANCE);
  }
}
