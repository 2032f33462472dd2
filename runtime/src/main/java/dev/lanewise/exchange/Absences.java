package dev.lanewise.exchange;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/** Why a group is not complete yet, and when to try again. */
final class Absences {
  private static final long RETRY_NANOS = 100_000_000;

  /** Of the connections turned away, so many are told of. */
  private static final int TOLD = 3;

  /** By rank of those to connect to. */
  private final long[] retryAt;

  private final String[] problems;
  private final ArrayDeque<String> turnedAway = new ArrayDeque<>();

  Absences(int connects) {
    retryAt = new long[connects];
    problems = new String[connects];
    Arrays.fill(retryAt, System.nanoTime());
  }

  /** Whether it is time to connect to a worker. */
  boolean mayRetry(int worker) {
    return System.nanoTime() - retryAt[worker] >= 0;
  }

  /** A connection to a worker failed. */
  void failed(int worker, String problem) {
    problems[worker] = problem;
    retryAt[worker] = System.nanoTime() + RETRY_NANOS;
  }

  /** A connection from outside ended. */
  void turnedAway(String remote, String problem) {
    turnedAway.add(remote + " " + problem);
    if (turnedAway.size() > TOLD) {
      turnedAway.remove();
    }
  }

  /** What to say of a worker that was not reached. */
  String unreached(int worker) {
    return " cannot be reached" + (problems[worker] == null ? "" : ": " + problems[worker]);
  }

  /** What to say of the last connections from outside. */
  List<String> turnedAway() {
    return turnedAway.stream().map(who -> "turned away was " + who).toList();
  }
}
