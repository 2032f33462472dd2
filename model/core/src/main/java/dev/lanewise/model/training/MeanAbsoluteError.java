package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;

/** The mean distance of outputs from numbers. */
final class MeanAbsoluteError implements Metric {
  @Override
  public String name() {
    return "mean_absolute_error";
  }

  @Override
  public boolean moreIsBetter() {
    return false;
  }

  @Override
  public boolean takes(TargetKind kind) {
    return kind == TargetKind.VALUES;
  }

  @Override
  public Accumulator accumulator(TargetKind kind, int n, int images) {
    return new SumAccumulator() {
      @Override
      double of(float[] outputs, int from, float[] targets, int at) {
        double sum = 0;
        for (int c = 0; c < n; c++) {
          sum += Math.abs((double) outputs[from + c] - targets[at + c]);
        }
        return sum / n;
      }
    };
  }
}
