package dev.lanewise.exchange;

/** Holds a caller of a sum to the order of a round. */
final class RoundOrder {
  private final SumLayout layout;
  private final int terms;
  private boolean running;
  private int next;

  RoundOrder(SumLayout layout, int rank) {
    this.layout = layout;
    this.terms = layout.terms(rank);
  }

  void begin(float[][] arrays) {
    if (running) {
      throw new IllegalStateException("the last round of the sum has not been waited for");
    }
    if (arrays.length != terms) {
      throw new IllegalArgumentException(
          "this worker's part of the sum requires "
              + terms
              + " arrays of terms, got "
              + arrays.length);
    }
    for (float[] array : arrays) {
      if (array.length < layout.end()) {
        throw new IllegalArgumentException(
            "the sum requires arrays of at least "
                + layout.end()
                + " values, got one of "
                + array.length);
      }
    }
    running = true;
    next = 0;
  }

  void start(int bucket) {
    if (!running || bucket != next || bucket >= layout.buckets()) {
      throw new IllegalStateException(
          "bucket "
              + bucket
              + " cannot be started now: "
              + (!running
                  ? "no round has begun"
                  : next < layout.buckets() ? "bucket " + next + " is next" : "all have been"));
    }
    next++;
  }

  void end() {
    if (!running || next != layout.buckets()) {
      throw new IllegalStateException(
          running
              ? "bucket " + next + " has not been started, so the sum would never be complete"
              : "no round of the sum has begun");
    }
    running = false;
  }
}
