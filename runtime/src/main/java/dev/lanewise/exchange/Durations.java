package dev.lanewise.exchange;

/** Times in words. */
final class Durations {
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private Durations() {}

  static String text(long nanos) {
    return nanos % NANOS_PER_SECOND == 0
        ? nanos / NANOS_PER_SECOND + " s"
        : nanos / NANOS_PER_MILLI + " ms";
  }
}
