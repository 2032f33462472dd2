package dev.lanewise.exchange;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who a worker is, and what it says of itself to the others.
 *
 * @param token the secret of the group, equal in all its workers and in no others: each proves to
 *     each that it has it, and it never crosses the wire. Make it from a secure random source
 * @param rank this worker's number, from 0
 * @param workers the number of workers
 * @param facts what must be equal in all workers, by names that users know: {@code "lanes"}, {@code
 *     "version"}
 */
public record Hello(String token, int rank, int workers, Map<String, String> facts) {
  private static final int MOST_CHARACTERS = 10_000;

  /**
   * Checks the numbers and copies the facts.
   *
   * @throws IllegalArgumentException where the token is blank, the rank is none of the workers', or
   *     the facts have more than 10000 characters
   */
  public Hello {
    if (token == null || token.isBlank()) {
      throw new IllegalArgumentException("a group of workers requires a token, got none");
    }
    if (workers < 1 || rank < 0 || rank >= workers) {
      throw new IllegalArgumentException(
          "a worker requires a rank from 0 to one less than the number of workers, got rank "
              + rank
              + " of "
              + workers);
    }
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    int characters = 0;
    for (Map.Entry<String, String> fact : facts.entrySet()) {
      characters += fact.getKey().length() + fact.getValue().length() + 2;
    }
    if (characters > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "the facts of a worker must have at most "
              + MOST_CHARACTERS
              + " characters together, got "
              + characters);
    }
  }

  /** {@return the worker in words, without its token} */
  @Override
  public String toString() {
    return "worker " + rank + " of " + workers + " with " + facts;
  }
}
