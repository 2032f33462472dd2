package dev.lanewise.exchange;

/** Something that a worker waits for. */
interface Awaited {
  /** Whether it is there. */
  boolean isDone();

  /** Whether it cannot be without another worker any more. */
  boolean needs(int worker);

  /** What another worker, and nobody before it, has not brought, in words; null for nothing. */
  String missing(int worker);

  /** What all of it is, in words. */
  String what();
}
