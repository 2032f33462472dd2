package dev.lanewise.benchmarks.serving;

/** Something that any number of threads ask at the same time. */
interface Contender extends AutoCloseable {
  /** Returns its name in tables. */
  String name();

  /** Returns the probabilities for an image, [H,W,C] row-major, preprocessed. */
  float[] classify(float[] image) throws InterruptedException;

  @Override
  void close();
}
