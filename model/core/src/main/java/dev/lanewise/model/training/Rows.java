package dev.lanewise.model.training;

/** Questions to one image's outputs or targets within an array. */
final class Rows {
  /** What a label's probability must be above for the label to be told. */
  private static final float THRESHOLD = 0.5f;

  private Rows() {}

  /** Returns the index of the largest value; of equals, of the first. */
  static int largest(float[] values, int from, int n) {
    int best = 0;
    for (int c = 1; c < n; c++) {
      if (values[from + c] > values[from + best]) {
        best = c;
      }
    }
    return best;
  }

  /** Returns whether a label is told, or is right. */
  static boolean isOn(float value) {
    return value > THRESHOLD;
  }
}
