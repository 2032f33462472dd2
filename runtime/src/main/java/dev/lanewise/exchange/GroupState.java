package dev.lanewise.exchange;

import java.time.Duration;
import java.util.List;

/** Whether a group runs, and where its caller waits. */
final class GroupState {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private enum Phase {
    RUNNING,
    /** Its caller has left it; what is queued is still sent. */
    CLOSING,
    FAILED
  }

  private final String name;
  private final List<Link> others;
  private final long waitNanos;

  private volatile Phase phase = Phase.RUNNING;
  private volatile ExchangeException failure;

  /**
   * The state of a group that runs.
   *
   * @param name this worker in words
   * @param others links to all others
   * @param waitTimeout how long a caller waits
   */
  GroupState(String name, List<Link> others, Duration waitTimeout) {
    this.name = name;
    this.others = List.copyOf(others);
    this.waitNanos = waitTimeout.toNanos();
  }

  boolean isRunning() {
    return phase == Phase.RUNNING;
  }

  /** Why it ended; null where it did not, or regularly. */
  ExchangeException failure() {
    return failure;
  }

  /** Throws what ended the group. */
  void check() {
    ExchangeException cause = failure;
    if (cause != null) {
      throw cause;
    }
    if (phase == Phase.CLOSING) {
      throw new IllegalStateException("the group of workers is closed");
    }
  }

  /** Ends a group that runs; the first failure counts. */
  synchronized void fail(ExchangeException cause) {
    if (phase == Phase.RUNNING) {
      failure = cause;
      phase = Phase.FAILED;
      notifyAll();
    }
  }

  /** Ends a group that runs, by its caller. */
  synchronized void close() {
    if (phase == Phase.RUNNING) {
      phase = Phase.CLOSING;
    }
  }

  /** Has a waiting caller look again. */
  synchronized void changed() {
    notifyAll();
  }

  /** Waits for something; where it cannot come any more, the group fails. */
  synchronized void await(Awaited what) {
    long start = System.nanoTime();
    while (true) {
      check();
      if (what.isDone()) {
        return;
      }
      failWithoutThoseThatLeft(what);
      long left = waitNanos - (System.nanoTime() - start);
      if (left <= 0) {
        fail(
            new ExchangeException(
                missing(what) + " did not come within " + Durations.text(waitNanos)));
      } else if (isRunning()) {
        sleep(left, what);
      }
    }
  }

  private void sleep(long nanos, Awaited what) {
    try {
      wait(nanos / NANOS_PER_MILLI + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new ExchangeException(name + " was interrupted at " + what.what()));
    }
  }

  private void failWithoutThoseThatLeft(Awaited what) {
    for (int i = 0; i < others.size(); i++) {
      Link link = others.get(i);
      if (link.hasLeft() && what.needs(link.rank()) && !what.isDone()) {
        fail(
            new ExchangeException(
                link.name() + " has left the group before its part of " + what.what()));
      }
    }
  }

  /** Who has not come to what, in words. */
  private String missing(Awaited what) {
    StringBuilder text = new StringBuilder();
    for (Link link : others) {
      String missing = what.missing(link.rank());
      if (missing != null) {
        text.append(text.isEmpty() ? "" : ", ").append(link.name()).append(" with ");
        text.append(missing);
      }
    }
    return text.isEmpty() ? what.what() : text.toString();
  }
}
