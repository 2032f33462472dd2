package dev.lanewise.benchmarks.peers;

/** A library that does the work. Its implementation has a constructor without parameters. */
public interface Contender {
  /**
   * Readies the library, once per process, before anything else.
   *
   * @param threads threads to work with
   * @param variant one of the ways that this contender works in; empty for the usual one
   * @return the library's versions and settings, in a few words
   */
  String start(int threads, String variant);

  /** Whether the library is measured with this work. */
  boolean does(Work work);

  /**
   * Sets up the work and checks its result.
   *
   * @throws CheckFailedException where the result is wrong
   */
  Task prepare(Work work);
}
