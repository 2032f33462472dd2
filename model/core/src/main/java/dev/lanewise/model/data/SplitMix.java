package dev.lanewise.model.data;

/**
 * The SplitMix64 generator (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014) with derived distributions written out, so that a seed means the same numbers on
 * every Java version.
 */
final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** 1 / standard deviation of the sum of four numbers uniform in [0, 1). */
  private static final double SQRT_3 = 1.7320508075688772;

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  /** Returns the generator of one item of a numbered stream: every (seed, stream, item) differs. */
  static SplitMix of(long seed, long stream, long item) {
    return new SplitMix(mix(mix(mix(seed) + stream) + item));
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    long result = mix(state);
    state += GOLDEN_GAMMA;
    return result;
  }

  /**
   * Returns a number from 0 to bound - 1; the bias of at most bound / 2^32 does not matter here.
   */
  int nextInt(int bound) {
    return (int) ((nextLong() >>> 32) * bound >>> 32);
  }

  /** Returns a number in [0, 1). */
  double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** Returns a number in [low, high). */
  double range(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Returns true with the given probability. */
  boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Returns a number near the standard normal distribution: a scaled sum of four uniform ones. */
  double gaussian() {
    long bits = nextLong();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1p-16 - 2) * SQRT_3;
  }

  /** Shuffles an array (Fisher and Yates). */
  void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
