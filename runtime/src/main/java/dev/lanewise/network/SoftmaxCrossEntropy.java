package dev.lanewise.network;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** Softmax and categorical cross-entropy, in double: the class count is small. */
public final class SoftmaxCrossEntropy implements LossFunction {
  private int[] labels;
  private double divisor;

  /**
   * Starts a loss.
   *
   * @param labels class of each image; further values are ignored
   * @param divisor what the sum over the images is divided by, as a rule their number
   * @throws IllegalArgumentException where the divisor is not positive and finite
   */
  public SoftmaxCrossEntropy(int[] labels, double divisor) {
    set(labels, divisor);
  }

  SoftmaxCrossEntropy() {}

  void set(int[] labels, double divisor) {
    requireDivisor(divisor);
    this.labels = labels;
    this.divisor = divisor;
  }

  /**
   * Returns the sum over the batch of -log of the true class's probability, divided, and writes its
   * gradient: (probability - one where true), divided.
   *
   * @throws IllegalArgumentException where labels are missing, or one is none of the classes
   */
  @Override
  public double apply(Tensor logits, Tensor dLogits) {
    Shape shape = logits.shape();
    checkLabels(shape);
    double loss = 0;
    for (int n = 0; n < shape.n(); n++) {
      int from = logits.index(n, 0, 0, 0);
      int to = dLogits.index(n, 0, 0, 0);
      double log = HeadActivation.logSum(logits.data(), from, shape.c());
      loss += log - logits.data()[from + labels[n]];
      for (int c = 0; c < shape.c(); c++) {
        double p = Math.exp(logits.data()[from + c] - log);
        dLogits.data()[to + c] = (float) ((p - (c == labels[n] ? 1 : 0)) / divisor);
      }
    }
    return loss / divisor;
  }

  /** Checks the labels of a batch of logits. */
  void checkLabels(Shape logits) {
    if (labels.length < logits.n()) {
      throw new IllegalArgumentException(
          "a batch of " + logits.n() + " images requires as many labels, got " + labels.length);
    }
    for (int n = 0; n < logits.n(); n++) {
      if (labels[n] < 0 || labels[n] >= logits.c()) {
        throw new IllegalArgumentException(
            "a label requires a class from 0 to " + (logits.c() - 1) + ", got " + labels[n]);
      }
    }
  }

  private static void requireDivisor(double divisor) {
    if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a loss requires a positive, finite divisor, got " + divisor);
    }
  }
}
