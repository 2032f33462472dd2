package dev.lanewise.benchmarks.peers;

import java.util.SplittableRandom;

/**
 * The operands of a kernel's work, the same for all, and its result at random places in plain
 * double loops. Maps are [N,H,W,C], weights [KH,KW,IC,OC].
 */
public final class ConvProblem {
  private static final int CHECKED = 200;
  private static final double TOLERANCE = 1e-3;

  private final Workload workload;
  private final float[] x;
  private final float[] weights;
  private final float[] dy;

  /** Draws the operands. */
  public ConvProblem(Workload workload) {
    this.workload = workload;
    SplittableRandom random = new SplittableRandom(3);
    int pixels = workload.images() * workload.size() * workload.size();
    x = draw(random, pixels * workload.ic());
    weights = draw(random, workload.window() * workload.window() * workload.ic() * workload.oc());
    dy = draw(random, pixels * workload.oc());
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
      switch (workload.kind()) {
        case FORWARD -> forward(at, wanted);
        case INPUT_GRADIENT -> inputGradient(at, wanted);
        default -> weightGradient(at, wanted);
      }
      // Relative to the length of the summed vector, since the sum itself may cancel.
      if (!(Math.abs(got[at] - wanted[0]) <= TOLERANCE * Math.sqrt(wanted[1]))) {
        throw new CheckFailedException(
            workload.text() + ": wanted " + wanted[0] + " at " + at + ", got " + got[at]);
      }
    }
  }

  private void forward(int at, double[] sums) {
    int oc = at % workload.oc();
    int pixel = at / workload.oc();
    for (int tap = 0; tap < taps(); tap++) {
      int from = neighbour(pixel, tap, 1);
      for (int ic = 0; from >= 0 && ic < workload.ic(); ic++) {
        add(sums, x[from * workload.ic() + ic], weights[weight(tap, ic, oc)]);
      }
    }
  }

  private void inputGradient(int at, double[] sums) {
    int ic = at % workload.ic();
    int pixel = at / workload.ic();
    for (int tap = 0; tap < taps(); tap++) {
      int to = neighbour(pixel, tap, -1);
      for (int oc = 0; to >= 0 && oc < workload.oc(); oc++) {
        add(sums, dy[to * workload.oc() + oc], weights[weight(tap, ic, oc)]);
      }
    }
  }

  private void weightGradient(int at, double[] sums) {
    int oc = at % workload.oc();
    int ic = at / workload.oc() % workload.ic();
    int tap = at / workload.oc() / workload.ic();
    for (int pixel = 0; pixel < workload.images() * workload.size() * workload.size(); pixel++) {
      int from = neighbour(pixel, tap, 1);
      if (from >= 0) {
        add(sums, x[from * workload.ic() + ic], dy[pixel * workload.oc() + oc]);
      }
    }
  }

  private static void add(double[] sums, double a, double b) {
    sums[0] += a * b;
    sums[1] += a * b * a * b;
  }

  private int taps() {
    return workload.window() * workload.window();
  }

  private int weight(int tap, int ic, int oc) {
    return (tap * workload.ic() + ic) * workload.oc() + oc;
  }

  /** Returns the pixel that a tap reads, or, backwards, that reads this one; -1 for padding. */
  private int neighbour(int pixel, int tap, int direction) {
    int size = workload.size();
    int h = pixel / size % size + direction * (tap / workload.window() - workload.window() / 2);
    int w = pixel % size + direction * (tap % workload.window() - workload.window() / 2);
    return h < 0 || h >= size || w < 0 || w >= size
        ? -1
        : (pixel / size / size * size + h) * size + w;
  }
}
