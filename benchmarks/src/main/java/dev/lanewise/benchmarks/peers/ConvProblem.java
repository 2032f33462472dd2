package dev.lanewise.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * The operands of a kernel's work, the same for all, and its result at random places in plain
 * double loops. Maps are [N,H,W,C], weights [KH,KW,IC,OC].
 */
public final class ConvProblem {
  private static final int CHECKED = 200;
  private static final double TOLERANCE = 1e-3;

  private final Work work;
  private final float[] x;
  private final float[] weights;
  private final float[] dy;

  /** Draws the operands. */
  public ConvProblem(Work work) {
    this.work = work;
    SplittableRandom random = new SplittableRandom(3);
    int pixels = work.images() * work.size() * work.size();
    x = draw(random, pixels * work.ic());
    weights = draw(random, work.window() * work.window() * work.ic() * work.oc());
    dy = draw(random, pixels * work.oc());
  }

  private static float[] draw(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  /** Returns the input [N,H,W,IC]. */
  public float[] x() {
    return x;
  }

  /** Returns the weights [KH,KW,IC,OC]. */
  public float[] weights() {
    return weights;
  }

  /** Returns the gradient of the output [N,H,W,OC]. */
  public float[] dy() {
    return dy;
  }

  /**
   * Compares a result with the loops.
   *
   * @param got output or gradient of input [N,H,W,C], or gradient of weights [KH,KW,IC,OC]
   * @throws CheckFailedException where a value is too far off
   */
  public void check(float[] got) {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < CHECKED; i++) {
      int at = random.nextInt(got.length);
      double[] wanted = new double[2];
      switch (work.kind()) {
        case FORWARD -> forward(at, wanted);
        case INPUT_GRADIENT -> inputGradient(at, wanted);
        default -> weightGradient(at, wanted);
      }
      // Relative to the length of the summed vector, since the sum itself may cancel.
      if (!(Math.abs(got[at] - wanted[0]) <= TOLERANCE * Math.sqrt(wanted[1]))) {
        throw new CheckFailedException(
            work.text() + ": wanted " + wanted[0] + " at " + at + ", got " + got[at]);
      }
    }
  }

  private void forward(int at, double[] sums) {
    int oc = at % work.oc();
    int pixel = at / work.oc();
    for (int tap = 0; tap < taps(); tap++) {
      int from = neighbour(pixel, tap, 1);
      for (int ic = 0; from >= 0 && ic < work.ic(); ic++) {
        add(sums, x[from * work.ic() + ic], weights[weight(tap, ic, oc)]);
      }
    }
  }

  private void inputGradient(int at, double[] sums) {
    int ic = at % work.ic();
    int pixel = at / work.ic();
    for (int tap = 0; tap < taps(); tap++) {
      int to = neighbour(pixel, tap, -1);
      for (int oc = 0; to >= 0 && oc < work.oc(); oc++) {
        add(sums, dy[to * work.oc() + oc], weights[weight(tap, ic, oc)]);
      }
    }
  }

  private void weightGradient(int at, double[] sums) {
    int oc = at % work.oc();
    int ic = at / work.oc() % work.ic();
    int tap = at / work.oc() / work.ic();
    for (int pixel = 0; pixel < work.images() * work.size() * work.size(); pixel++) {
      int from = neighbour(pixel, tap, 1);
      if (from >= 0) {
        add(sums, x[from * work.ic() + ic], dy[pixel * work.oc() + oc]);
      }
    }
  }

  private static void add(double[] sums, double a, double b) {
    sums[0] += a * b;
    sums[1] += a * b * a * b;
  }

  private int taps() {
    return work.window() * work.window();
  }

  private int weight(int tap, int ic, int oc) {
    return (tap * work.ic() + ic) * work.oc() + oc;
  }

  /** Returns the pixel that a tap reads, or, backwards, that reads this one; -1 for padding. */
  private int neighbour(int pixel, int tap, int direction) {
    int size = work.size();
    int h = pixel / size % size + direction * (tap / work.window() - work.window() / 2);
    int w = pixel % size + direction * (tap % work.window() - work.window() / 2);
    return h < 0 || h >= size || w < 0 || w >= size
        ? -1
        : (pixel / size / size * size + h) * size + w;
  }
}
