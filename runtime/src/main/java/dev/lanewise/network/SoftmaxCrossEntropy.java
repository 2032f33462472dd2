package dev.lanewise.network;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** Softmax and categorical cross-entropy, in double: the class count is small. */
final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /** Writes the probabilities [N,1,1,classes] of logits of the same shape. */
  static void forward(Tensor logits, Tensor probabilities) {
    Shape shape = logits.shape();
    for (int n = 0; n < shape.n(); n++) {
      int from = logits.index(n, 0, 0, 0);
      int to = probabilities.index(n, 0, 0, 0);
      double log = logSum(logits.data(), from, shape.c());
      for (int c = 0; c < shape.c(); c++) {
        probabilities.data()[to + c] = (float) Math.exp(logits.data()[from + c] - log);
      }
    }
  }

  /**
   * Returns the mean over the batch of -log of the true class's probability, and writes its
   * gradient.
   *
   * @param labels class of each image; further values are ignored
   * @param dLogits [N,1,1,classes]: (probability - one where true) / N
   */
  static double backward(Tensor logits, int[] labels, Tensor dLogits) {
    Shape shape = logits.shape();
    double loss = 0;
    for (int n = 0; n < shape.n(); n++) {
      int from = logits.index(n, 0, 0, 0);
      int to = dLogits.index(n, 0, 0, 0);
      double log = logSum(logits.data(), from, shape.c());
      loss += log - logits.data()[from + labels[n]];
      for (int c = 0; c < shape.c(); c++) {
        double p = Math.exp(logits.data()[from + c] - log);
        dLogits.data()[to + c] = (float) ((p - (c == labels[n] ? 1 : 0)) / shape.n());
      }
    }
    return loss / shape.n();
  }

  private static double logSum(float[] logits, int at, int classes) {
    double largest = logits[at];
    for (int c = 1; c < classes; c++) {
      largest = Math.max(largest, logits[at + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[at + c] - largest);
    }
    return largest + Math.log(sum);
  }
}
