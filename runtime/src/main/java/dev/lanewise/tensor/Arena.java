package dev.lanewise.tensor;

/**
 * Large float arrays whose tensors start on cache lines.
 *
 * <p>A {@code float[]}'s first value stands 16 bytes into the object. Under G1 an array of half a
 * region or more starts on a region boundary and never moves, so an index of 12 modulo 16 is
 * aligned to 64 bytes, which kernels need for full speed (and never for correctness).
 */
public final class Arena {
  /** Floats in a cache line. */
  private static final int LINE = 16;

  /** The first index that is aligned. */
  public static final int FIRST = 12;

  /** Most floats of an array: whole cache lines from {@link #FIRST} on, as many as a JVM allows. */
  public static final int LARGEST = (Integer.MAX_VALUE & -LINE) - LINE + FIRST;

  /** Smallest array that is sure to be humongous with regions of up to 8 MiB. */
  private static final int LEAST = 1 << 20;

  private Arena() {}

  /**
   * {@return the number of floats that a tensor takes, so that the next is aligned}
   *
   * @param size floats of the tensor itself
   * @throws ArithmeticException where they do not fit an int
   */
  public static int aligned(int size) {
    return Math.toIntExact(aligned((long) size));
  }

  /**
   * {@return the number of floats that a tensor takes, so that the next is aligned}
   *
   * @param size floats of the tensor itself
   */
  public static long aligned(long size) {
    return (size + LINE - 1) & -LINE;
  }

  /**
   * {@return zeros}
   *
   * @param size number of floats that may be used from index {@link #FIRST} on
   */
  public static float[] allocate(int size) {
    return new float[Math.max(LEAST, Math.addExact(size, FIRST))];
  }
}
