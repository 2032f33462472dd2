package dev.lanewise.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What is told while a group forms: seldom enough to be read. */
final class Notices {
  private static final long FIRST_NANOS = 5_000_000_000L;
  private static final long LONGEST_NANOS = 60_000_000_000L;

  /** Of strangers, so many different faults are told of; they may come as often as they like. */
  private static final int MOST_FAULTS = 16;

  private final Consumer<String> told;
  private final Set<String> faults = new HashSet<>();
  private long pause = FIRST_NANOS;
  private long next;

  Notices(Consumer<String> told, long now) {
    this.told = told;
    this.next = now + pause;
  }

  /** Whether it is time to tell of who is missing; at first after seconds, then more seldom. */
  boolean areDue(long now) {
    return now - next >= 0;
  }

  /** Tells who is missing. */
  void waiting(List<String> missing, long now) {
    told.accept("waiting: " + String.join("; ", missing));
    pause = Math.min(2 * pause, LONGEST_NANOS);
    next = now + pause;
  }

  /** Tells of a connection that was turned away. */
  void turnedAway(String remote, String problem) {
    if (faults.size() < MOST_FAULTS && faults.add(problem)) {
      told.accept("turned away: " + remote + " " + problem);
    }
  }
}
