package dev.lanewise.model.training;

/** A mean over the images: their sum, in their order, by their number. */
abstract class SumAccumulator implements Metric.Accumulator {
  private double sum;
  private double images;

  /** Returns what an image adds to the sum. */
  abstract double of(float[] outputs, int from, float[] targets, int at);

  @Override
  public final void add(float[] outputs, int from, float[] targets, int at) {
    sum += of(outputs, from, targets, at);
    images++;
  }

  @Override
  public final double result() {
    return sum / images;
  }

  @Override
  public final double[] state() {
    return new double[] {sum, images};
  }

  @Override
  public final void restore(double[] state) {
    if (state.length != 0 && state.length != 2) {
      throw new IllegalArgumentException("a mean requires 2 numbers, got " + state.length);
    }
    sum = state.length == 0 ? 0 : state[0];
    images = state.length == 0 ? 0 : state[1];
  }
}
