package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;

/** The share of what is told rightly, of classes or of labels. */
final class Accuracy implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public boolean takes(TargetKind kind) {
    return kind != TargetKind.VALUES;
  }

  @Override
  public Accumulator accumulator(TargetKind kind, int outputs, int images) {
    return kind == TargetKind.CLASS ? new OfClasses(outputs) : new OfLabels(outputs);
  }

  private static final class OfClasses extends SumAccumulator {
    private final int classes;

    OfClasses(int classes) {
      this.classes = classes;
    }

    @Override
    double of(float[] outputs, int from, float[] targets, int at) {
      boolean hit = Rows.largest(outputs, from, classes) == Rows.largest(targets, at, classes);
      return hit ? 1 : 0;
    }
  }

  private static final class OfLabels extends SumAccumulator {
    private final int labels;

    OfLabels(int labels) {
      this.labels = labels;
    }

    @Override
    double of(float[] outputs, int from, float[] targets, int at) {
      int hits = 0;
      for (int c = 0; c < labels; c++) {
        hits += Rows.isOn(outputs[from + c]) == Rows.isOn(targets[at + c]) ? 1 : 0;
      }
      return (double) hits / labels;
    }
  }
}
