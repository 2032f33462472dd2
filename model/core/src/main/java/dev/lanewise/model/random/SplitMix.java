package dev.lanewise.model.random;

/**
 * The SplitMix64 generator (Steele, Lea, Flood, "Fast splittable pseudorandom number generators",
 * OOPSLA 2014) with derived distributions written out, so that a seed means the same numbers on
 * every Java version.
 */
public final class SplitMix {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  /** 1 / standard deviation of the sum of four numbers uniform in [0, 1). */
  private static final double SQRT_3 = 1.7320508075688772;

  private long state;

  /**
   * Creates a generator.
   *
   * @param seed decides all its numbers
   */
  public SplitMix(long seed) {
    state = seed;
  }

  /**
   * {@return the generator of one item of a numbered stream: every (seed, stream, item) differs}
   *
   * @param seed seed of all streams
   * @param stream number of the stream
   * @param item number of the item within
   */
  public static SplitMix of(long seed, long stream, long item) {
    SplitMix generator = new SplitMix(0);
    generator.restart(seed, stream, item);
    return generator;
  }

  /**
   * Makes this the generator of another item, without a new object.
   *
   * @param seed seed of all streams
   * @param stream number of the stream
   * @param item number of the item within
   */
  public void restart(long seed, long stream, long item) {
    state = mix(mix(mix(seed) + stream) + item);
  }

  private static long mix(long value) {
    long z = value + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** {@return 64 random bits} */
  public long nextLong() {
    long result = mix(state);
    state += GOLDEN_GAMMA;
    return result;
  }

  /**
   * {@return a number from 0 to bound - 1; the bias of at most bound / 2^32 does not matter here}
   *
   * @param bound at least 1
   */
  public int nextInt(int bound) {
    return (int) ((nextLong() >>> 32) * bound >>> 32);
  }

  /** {@return a number in [0, 1)} */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * {@return a number in [low, high)}
   *
   * @param low the least
   * @param high what it stays below
   */
  public double range(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /**
   * {@return true with a given probability}
   *
   * @param probability from 0 to 1
   */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** {@return a number near the standard normal distribution: a scaled sum of four uniform ones} */
  public double gaussian() {
    long bits = nextLong();
    long sum = (bits & 0xFFFF) + (bits >>> 16 & 0xFFFF) + (bits >>> 32 & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1p-16 - 2) * SQRT_3;
  }

  /**
   * Shuffles an array (Fisher and Yates).
   *
   * @param values are brought into another order
   */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
