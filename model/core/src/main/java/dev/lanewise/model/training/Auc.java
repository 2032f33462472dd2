package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import java.util.Arrays;

/**
 * The area under the ROC curve by ranks (Mann and Whitney 1947): equal scores count half. It keeps
 * the scores of all images.
 */
final class Auc implements Metric {
  @Override
  public String name() {
    return "auc";
  }

  @Override
  public boolean takes(TargetKind kind) {
    return kind != TargetKind.VALUES;
  }

  @Override
  public boolean everyStep() {
    return false;
  }

  @Override
  public Accumulator accumulator(TargetKind kind, int outputs, int images) {
    return new Scores(kind == TargetKind.CLASS, outputs, images);
  }

  private static final class Scores implements Accumulator {
    private final boolean oneClass;

    /**
     * By output and image: twice a number that is ordered as the score, and 1 where it is right.
     */
    private final long[][] keys;

    private int images;

    Scores(boolean oneClass, int outputs, int images) {
      this.oneClass = oneClass;
      keys = new long[outputs][images];
    }

    @Override
    public void add(float[] outputs, int from, float[] targets, int at) {
      int actual = oneClass ? Rows.largest(targets, at, keys.length) : -1;
      for (int c = 0; c < keys.length; c++) {
        boolean right = oneClass ? c == actual : Rows.isOn(targets[at + c]);
        keys[c][images] = 2L * ordered(outputs[from + c]) + (right ? 1 : 0);
      }
      images++;
    }

    /** Returns an integer that is ordered as floats are, and one for both zeros. */
    private static int ordered(float score) {
      int bits = Float.floatToIntBits(score + 0f);
      return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }

    @Override
    public double result() {
      double sum = 0;
      int measured = 0;
      for (long[] all : keys) {
        double area = area(Arrays.copyOf(all, images));
        if (!Double.isNaN(area)) {
          sum += area;
          measured++;
        }
      }
      return sum / measured;
    }

    /** Returns the area of one output; NaN where all images are of it, or none. */
    private static double area(long[] sorted) {
      Arrays.sort(sorted);
      long right = 0;
      long wrong = 0;
      // Twice the pairs in which the right one has the higher score: whole for equal scores too.
      long pairs = 0;
      int from = 0;
      while (from < sorted.length) {
        int to = from;
        long rightHere = 0;
        while (to < sorted.length && sorted[to] >> 1 == sorted[from] >> 1) {
          rightHere += sorted[to] & 1;
          to++;
        }
        long wrongHere = to - from - rightHere;
        pairs += rightHere * (2 * wrong + wrongHere);
        right += rightHere;
        wrong += wrongHere;
        from = to;
      }
      return pairs / (2.0 * right * wrong);
    }

    @Override
    public double[] state() {
      double[] state = new double[keys.length * images];
      for (int c = 0; c < keys.length; c++) {
        for (int i = 0; i < images; i++) {
          state[c * images + i] = keys[c][i];
        }
      }
      return state;
    }

    @Override
    public void restore(double[] state) {
      int rows = state.length / keys.length;
      if (rows * keys.length != state.length || rows > keys[0].length) {
        throw new IllegalArgumentException(
            "the scores of up to "
                + keys[0].length
                + " images with "
                + keys.length
                + " outputs cannot be "
                + state.length);
      }
      images = rows;
      for (int c = 0; c < keys.length; c++) {
        for (int i = 0; i < images; i++) {
          keys[c][i] = (long) state[c * images + i];
        }
      }
    }
  }
}
