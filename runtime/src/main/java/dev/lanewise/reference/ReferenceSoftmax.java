package dev.lanewise.reference;

/** Softmax over the channels and the categorical cross-entropy of integer labels. */
public final class ReferenceSoftmax {
  private ReferenceSoftmax() {}

  /**
   * {@return the probabilities, of the logits' shape}
   *
   * @param logits [N,1,1,classes]
   */
  public static ReferenceTensor forward(ReferenceTensor logits) {
    ReferenceTensor probabilities = ReferenceTensor.zeros(logits.shape());
    for (int n = 0; n < logits.shape().n(); n++) {
      double logSum = logSumExp(logits, n);
      for (int c = 0; c < logits.shape().c(); c++) {
        probabilities.set(n, 0, 0, c, Math.exp(logits.get(n, 0, 0, c) - logSum));
      }
    }
    return probabilities;
  }

  /**
   * {@return the cross-entropy, -log(probability of the label), as the mean over the batch}
   *
   * @param logits [N,1,1,classes]
   * @param labels [N], from 0 to classes - 1
   */
  public static double loss(ReferenceTensor logits, int[] labels) {
    double sum = 0;
    for (int n = 0; n < logits.shape().n(); n++) {
      // From the logits, so that a probability of nearly 0 is not lost.
      sum += logSumExp(logits, n) - logits.get(n, 0, 0, labels[n]);
    }
    return sum / logits.shape().n();
  }

  /**
   * {@return the gradient of {@link #loss} by the logits: (probability - [is the label]) / N}
   *
   * @param probabilities what {@link #forward} returned
   * @param labels [N], from 0 to classes - 1
   */
  public static ReferenceTensor backward(ReferenceTensor probabilities, int[] labels) {
    int batch = probabilities.shape().n();
    ReferenceTensor dLogits = ReferenceTensor.zeros(probabilities.shape());
    for (int n = 0; n < batch; n++) {
      for (int c = 0; c < probabilities.shape().c(); c++) {
        double wanted = c == labels[n] ? 1 : 0;
        dLogits.set(n, 0, 0, c, (probabilities.get(n, 0, 0, c) - wanted) / batch);
      }
    }
    return dLogits;
  }

  private static double logSumExp(ReferenceTensor logits, int n) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < logits.shape().c(); c++) {
      max = Math.max(max, logits.get(n, 0, 0, c));
    }
    double sum = 0;
    for (int c = 0; c < logits.shape().c(); c++) {
      sum += Math.exp(logits.get(n, 0, 0, c) - max);
    }
    return max + Math.log(sum);
  }
}
