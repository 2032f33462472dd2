package dev.lanewise.parallel;

/** Work that is cut into numbered parts, each of which can run on any thread. */
@FunctionalInterface
public interface Task {
  /**
   * Runs one part.
   *
   * @param index number of the part; what is computed depends on it alone
   * @param thread number of the running thread within the pool, from 0, for its scratch memory; no
   *     two parts run with the same number at the same time
   */
  void run(int index, int thread);
}
