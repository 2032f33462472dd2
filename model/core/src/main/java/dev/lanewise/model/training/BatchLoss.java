package dev.lanewise.model.training;

import dev.lanewise.network.LossFunction;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A loss over the images of a batch, as a training pass takes it. Allocates once. */
public final class BatchLoss implements LossFunction {
  private final Loss loss;
  private double[] gradient = {};
  private float[] targets = {};
  private int from;
  private double divisor = 1;

  /**
   * Starts without targets.
   *
   * @param loss of one image
   */
  public BatchLoss(Loss loss) {
    this.loss = loss;
  }

  /**
   * Says what the next batch is compared with.
   *
   * @param targets [N,outputs], row-major; read, not copied
   * @param from index of the first image's first target
   * @param divisor what the sum over the images is divided by, as a rule their number
   * @return this
   * @throws IllegalArgumentException where the divisor is not positive and finite
   */
  public BatchLoss with(float[] targets, int from, double divisor) {
    if (!(divisor > 0 && divisor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "a loss requires a positive, finite divisor, got " + divisor);
    }
    this.targets = targets;
    this.from = from;
    this.divisor = divisor;
    return this;
  }

  /**
   * Returns the sum over the batch, divided, and writes its gradient, divided.
   *
   * @throws IllegalArgumentException where targets are missing
   */
  @Override
  public double apply(Tensor logits, Tensor dLogits) {
    Shape shape = logits.shape();
    int outputs = shape.c();
    if (targets.length - from < (long) shape.n() * outputs) {
      throw new IllegalArgumentException(
          "a batch of "
              + shape.n()
              + " images and "
              + outputs
              + " outputs requires as many targets, got "
              + (targets.length - from));
    }
    if (gradient.length != outputs) {
      gradient = new double[outputs];
    }
    double sum = 0;
    for (int n = 0; n < shape.n(); n++) {
      int to = dLogits.index(n, 0, 0, 0);
      sum +=
          loss.gradient(
              logits.data(), logits.index(n, 0, 0, 0), targets, from + n * outputs, gradient);
      for (int c = 0; c < outputs; c++) {
        dLogits.data()[to + c] = (float) (gradient[c] / divisor);
      }
    }
    return sum / divisor;
  }
}
