package dev.lanewise.testing;

import java.lang.reflect.Method;
import java.util.stream.LongStream;

/**
 * How much threads allocate. Reached by reflection, because the module under test does not read the
 * module of the management beans.
 */
public final class AllocatedBytes {
  private static final Object BEAN;
  private static final Method ALLOCATED;
  private static final Method OF_THREADS;

  static {
    try {
      BEAN =
          Class.forName("java.lang.management.ManagementFactory")
              .getMethod("getThreadMXBean")
              .invoke(null);
      ALLOCATED =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getCurrentThreadAllocatedBytes");
      OF_THREADS =
          Class.forName("com.sun.management.ThreadMXBean")
              .getMethod("getThreadAllocatedBytes", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private AllocatedBytes() {}

  /**
   * Runs something several times and returns the least that the current thread allocated in one of
   * them: until kernels are compiled, each of their vectors is an object. Stops as soon as next to
   * nothing is allocated; asking alone takes some bytes.
   */
  public static long leastOf(int rounds, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < rounds && least > 500; i++) {
      long before = now();
      work.run();
      least = Math.min(least, now() - before);
    }
    return least;
  }

  private static long now() {
    try {
      return (long) ALLOCATED.invoke(BEAN);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** How much some threads have allocated together so far. */
  public static long of(long[] threads) {
    try {
      return LongStream.of((long[]) OF_THREADS.invoke(BEAN, (Object) threads)).sum();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
