package dev.lanewise.exchange;

import java.time.Duration;

/**
 * How workers exchange.
 *
 * @param connectTimeout how long a worker waits until the group is complete
 * @param stallTimeout a worker of which nothing was heard for so long is taken for dead; a living
 *     one is heard of much more often, even when it has nothing to send
 * @param waitTimeout how long a worker waits for others that live but do not come to a sum or a
 *     gathering
 * @param threads threads that send, receive and add up, besides the one that calls; more than there
 *     are other workers are not started
 * @param precision how values travel; equal in all workers
 */
public record ExchangeOptions(
    Duration connectTimeout,
    Duration stallTimeout,
    Duration waitTimeout,
    int threads,
    Precision precision) {
  private static final int MOST_THREADS = 64;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where a time is not from a millisecond to a year, or threads
   *     are not from 1 to 64
   */
  public ExchangeOptions {
    check("connectTimeout", connectTimeout);
    check("stallTimeout", stallTimeout);
    check("waitTimeout", waitTimeout);
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "an exchange requires from 1 to " + MOST_THREADS + " threads, got " + threads);
    }
    if (precision == null) {
      throw new IllegalArgumentException("an exchange requires a precision, got null");
    }
  }

  private static void check(String name, Duration time) {
    if (time == null
        || time.compareTo(Duration.ofMillis(1)) < 0
        || time.compareTo(Duration.ofDays(365)) > 0) {
      throw new IllegalArgumentException(
          name + " must be from a millisecond to a year, got " + time);
    }
  }

  /**
   * {@return two minutes to connect, half a minute of silence, ten minutes of waiting, one thread
   * (which moves about a gigabyte a second each way), float32}
   */
  public static ExchangeOptions defaults() {
    return new ExchangeOptions(
        Duration.ofMinutes(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        1,
        Precision.FLOAT32);
  }

  /**
   * {@return the same with another time to connect}
   *
   * @param time how long to wait until the group is complete
   */
  public ExchangeOptions withConnectTimeout(Duration time) {
    return new ExchangeOptions(time, stallTimeout, waitTimeout, threads, precision);
  }

  /**
   * {@return the same with another time of silence}
   *
   * @param time after which a worker is taken for dead
   */
  public ExchangeOptions withStallTimeout(Duration time) {
    return new ExchangeOptions(connectTimeout, time, waitTimeout, threads, precision);
  }

  /**
   * {@return the same with another time of waiting}
   *
   * @param time how long to wait for workers that live
   */
  public ExchangeOptions withWaitTimeout(Duration time) {
    return new ExchangeOptions(connectTimeout, stallTimeout, time, threads, precision);
  }

  /**
   * {@return the same with another number of threads}
   *
   * @param number from 1 to 64
   */
  public ExchangeOptions withThreads(int number) {
    return new ExchangeOptions(connectTimeout, stallTimeout, waitTimeout, number, precision);
  }

  /**
   * {@return the same with another precision}
   *
   * @param wire how values travel
   */
  public ExchangeOptions withPrecision(Precision wire) {
    return new ExchangeOptions(connectTimeout, stallTimeout, waitTimeout, threads, wire);
  }
}
