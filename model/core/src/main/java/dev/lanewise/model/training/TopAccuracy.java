package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;

/**
 * The share of the images whose class is among the most probable ones; of equally probable classes
 * those of the lowest indices come first.
 *
 * @param k how many count
 */
record TopAccuracy(int k) implements Metric {
  TopAccuracy {
    if (k < 1) {
      throw new IllegalArgumentException(
          "an accuracy of the first guesses requires at least 1, got " + k);
    }
  }

  @Override
  public String name() {
    return "top_" + k + "_accuracy";
  }

  @Override
  public boolean takes(TargetKind kind) {
    return kind == TargetKind.CLASS;
  }

  @Override
  public Accumulator accumulator(TargetKind kind, int outputs, int images) {
    return new SumAccumulator() {
      @Override
      double of(float[] values, int from, float[] targets, int at) {
        return rank(values, from, Rows.largest(targets, at, outputs), outputs) < k ? 1 : 0;
      }
    };
  }

  /** Returns how many classes come before one. */
  private static int rank(float[] outputs, int from, int label, int n) {
    float own = outputs[from + label];
    int before = 0;
    for (int c = 0; c < n; c++) {
      float other = outputs[from + c];
      before += other > own || other == own && c < label ? 1 : 0;
    }
    return before;
  }
}
