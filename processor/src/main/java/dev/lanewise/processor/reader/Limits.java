package dev.lanewise.processor.reader;

/**
 * The largest numbers that a spec may have. They are far beyond what a network for images needs, so
 * that a slip of the finger is told while javac runs and not by an overflow or by lack of memory.
 */
final class Limits {
  /** The largest size, stride or padding of a window. */
  static final int EXTENT = 32768;

  /** The most blocks of a network: one constructor of bounded size makes them all. */
  static final int BLOCKS = 1000;

  /** The most parameters of a network: one array of floats holds them. */
  static final long PARAMETERS = Integer.MAX_VALUE;

  private Limits() {}
}
