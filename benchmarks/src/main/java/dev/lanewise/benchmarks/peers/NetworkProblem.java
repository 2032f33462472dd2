package dev.lanewise.benchmarks.peers;

import java.util.SplittableRandom;

/** The images and labels that every network works on, and what its results must be like. */
public final class NetworkProblem {
  private static final int CHANNELS = 3;
  private static final double TOLERANCE = 1e-4;

  /** Kernels, biases, gammas and betas of everything before the dense layer. */
  private static final long CONVOLUTIONS = 23_534_592;

  private static final long FEATURES = 2048;
  private static final int POOL = 3;

  /** Steps in which the loss on the same batch must fall. */
  public static final int STEPS = 8;

  private NetworkProblem() {}

  /** Returns random pixels [N,H,W,3] from 0 to 1. */
  public static float[] pixels(Work work) {
    SplittableRandom random = new SplittableRandom(1);
    float[] pixels = new float[work.images() * work.size() * work.size() * CHANNELS];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256) / 255f;
    }
    return pixels;
  }

  /** Returns the same pixels as [N,3,H,W]. */
  public static float[] planes(Work work) {
    float[] pixels = pixels(work);
    float[] planes = new float[pixels.length];
    int area = work.size() * work.size();
    for (int i = 0; i < pixels.length; i++) {
      int c = i % CHANNELS;
      int pixel = i / CHANNELS;
      planes[(pixel / area * CHANNELS + c) * area + pixel % area] = pixels[i];
    }
    return planes;
  }

  /** Returns the class of each image. */
  public static int[] labels(Work work) {
    return new SplittableRandom(2).ints(work.images(), 0, Work.CLASSES).toArray();
  }

  /**
   * Checks that a network has learned something of the one batch it was trained on.
   *
   * @throws CheckFailedException where it has not
   */
  public static void checkLosses(double first, double last) {
    if (!(first > 0 && first < 100 && last < 0.9 * first)) {
      throw new CheckFailedException(
          "wanted a loss that falls on the same batch, got " + first + " and then " + last);
    }
  }

  /**
   * Checks the number of trained parameters, which the dense layer's inputs decide: the last map's
   * 2x2 averages.
   *
   * @throws CheckFailedException where the network is another one
   */
  public static void checkParameters(Work work, long got) {
    long wanted = trained(work.size());
    if (got != wanted) {
      throw new CheckFailedException(
          "wanted a network of " + wanted + " trained parameters, got " + got);
    }
  }

  private static long trained(int size) {
    int map = ((size - 1) / 2 + 1 - POOL) / 2 + 1;
    for (int stage = 3; stage <= 5; stage++) {
      map = Math.ceilDiv(map, 2);
    }
    int averages = Math.ceilDiv(map, 2);
    return CONVOLUTIONS + (averages * averages * FEATURES + 1L) * Work.CLASSES;
  }

  /**
   * Checks that rows of as many values as there are classes are probabilities.
   *
   * @throws CheckFailedException where they are not
   */
  public static void checkProbabilities(Work work, float[] got) {
    if (got.length != work.images() * Work.CLASSES) {
      throw new CheckFailedException(
          "wanted "
              + work.images() * Work.CLASSES
              + " probabilities, got "
              + got.length
              + " values");
    }
    for (int row = 0; row < work.images(); row++) {
      double sum = 0;
      for (int c = 0; c < Work.CLASSES; c++) {
        float p = got[row * Work.CLASSES + c];
        sum += p >= 0 ? p : Double.NaN;
      }
      if (!(Math.abs(sum - 1) < TOLERANCE)) {
        throw new CheckFailedException("wanted probabilities that sum to 1, got a sum of " + sum);
      }
    }
  }
}
