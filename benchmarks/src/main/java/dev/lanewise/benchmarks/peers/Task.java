package dev.lanewise.benchmarks.peers;

/** Work that is set up and checked, and can be repeated. */
public interface Task extends AutoCloseable {
  /** Does the work once; all of it is done on return. */
  void run();

  /** Gives memory and threads back. */
  @Override
  void close();
}
