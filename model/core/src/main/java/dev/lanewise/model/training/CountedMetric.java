package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;

/**
 * A figure by counts of each class or label, as a mean over them. Where it would be 0/0, for one
 * that no image is of or was taken for, it is 0, as in scikit-learn.
 *
 * @param figure what follows from the counts
 */
record CountedMetric(Figure figure) implements Metric {
  /** What follows from how many are of it and taken for it, of it, and taken for it. */
  enum Figure {
    PRECISION("precision") {
      @Override
      double of(double both, double actual, double told) {
        return share(both, told);
      }
    },
    RECALL("recall") {
      @Override
      double of(double both, double actual, double told) {
        return share(both, actual);
      }
    },
    F1_SCORE("f1_score") {
      @Override
      double of(double both, double actual, double told) {
        return share(2 * both, actual + told);
      }
    };

    private final String text;

    Figure(String text) {
      this.text = text;
    }

    abstract double of(double both, double actual, double told);

    private static double share(double part, double of) {
      return of == 0 ? 0 : part / of;
    }
  }

  @Override
  public String name() {
    return figure.text;
  }

  @Override
  public boolean takes(TargetKind kind) {
    return kind != TargetKind.VALUES;
  }

  @Override
  public Accumulator accumulator(TargetKind kind, int outputs, int images) {
    return new Counts(figure, kind == TargetKind.CLASS, outputs);
  }

  private static final class Counts implements Accumulator {
    private final Figure figure;
    private final boolean oneClass;
    private final int n;

    /** [3,n]: of it and taken for it, of it, taken for it. */
    private final double[] counts;

    Counts(Figure figure, boolean oneClass, int n) {
      this.figure = figure;
      this.oneClass = oneClass;
      this.n = n;
      counts = new double[3 * n];
    }

    @Override
    public void add(float[] outputs, int from, float[] targets, int at) {
      if (oneClass) {
        int actual = Rows.largest(targets, at, n);
        int told = Rows.largest(outputs, from, n);
        counts[n + actual]++;
        counts[2 * n + told]++;
        counts[actual] += actual == told ? 1 : 0;
        return;
      }
      for (int c = 0; c < n; c++) {
        boolean actual = Rows.isOn(targets[at + c]);
        boolean told = Rows.isOn(outputs[from + c]);
        counts[c] += actual && told ? 1 : 0;
        counts[n + c] += actual ? 1 : 0;
        counts[2 * n + c] += told ? 1 : 0;
      }
    }

    @Override
    public double result() {
      double sum = 0;
      for (int c = 0; c < n; c++) {
        sum += figure.of(counts[c], counts[n + c], counts[2 * n + c]);
      }
      return sum / n;
    }

    @Override
    public double[] state() {
      return counts.clone();
    }

    @Override
    public void restore(double[] state) {
      if (state.length != 0 && state.length != counts.length) {
        throw new IllegalArgumentException(
            "the counts of " + n + " outputs are " + counts.length + ", got " + state.length);
      }
      for (int i = 0; i < counts.length; i++) {
        counts[i] = state.length == 0 ? 0 : state[i];
      }
    }
  }
}
