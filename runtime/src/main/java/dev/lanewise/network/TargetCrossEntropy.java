package dev.lanewise.network;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/**
 * Softmax and cross-entropy with targets that are distributions over the classes, as label
 * smoothing and mixed images make them; the sum of an image's targets is its weight.
 */
public final class TargetCrossEntropy implements LossFunction {
  private float[] targets = {};
  private double divisor = 1;

  /** Starts without targets. */
  public TargetCrossEntropy() {}

  /**
   * Says what the next batch is compared with.
   *
   * @param targets [N,classes], row-major; read, not copied
   * @param divisor what the sum over the images is divided by, as a rule their number
   * @throws IllegalArgumentException where the divisor is not positive and finite
   */
  public void set(float[] targets, double divisor) {
    SoftmaxCrossEntropy.requireDivisor(divisor);
    this.targets = targets;
    this.divisor = divisor;
  }

  /**
   * Returns the sum over the batch of -target * log(probability), divided, and writes its gradient:
   * (weight * probability - target), divided.
   *
   * @throws IllegalArgumentException where targets are missing
   */
  @Override
  public double apply(Tensor logits, Tensor dLogits) {
    Shape shape = logits.shape();
    int classes = shape.c();
    if (targets.length < (long) shape.n() * classes) {
      throw new IllegalArgumentException(
          "a batch of "
              + shape.n()
              + " images and "
              + classes
              + " classes requires as many targets, got "
              + targets.length);
    }
    double loss = 0;
    for (int n = 0; n < shape.n(); n++) {
      int from = logits.index(n, 0, 0, 0);
      int to = dLogits.index(n, 0, 0, 0);
      double log = SoftmaxCrossEntropy.logSum(logits.data(), from, classes);
      double weight = 0;
      for (int c = 0; c < classes; c++) {
        weight += targets[n * classes + c];
      }
      for (int c = 0; c < classes; c++) {
        double target = targets[n * classes + c];
        double logProbability = logits.data()[from + c] - log;
        loss -= target == 0 ? 0 : target * logProbability;
        dLogits.data()[to + c] = (float) ((weight * Math.exp(logProbability) - target) / divisor);
      }
    }
    return loss / divisor;
  }
}
