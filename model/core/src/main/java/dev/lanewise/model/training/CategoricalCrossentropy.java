package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.network.HeadActivation;

/** Cross-entropy of a distribution over classes. */
final class CategoricalCrossentropy implements Loss {
  /** Keras's backend epsilon: probabilities below it count as it, so that one image costs 16.1. */
  private static final double EPSILON = 1e-7;

  @Override
  public String name() {
    return "categorical_crossentropy";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.CLASS;
  }

  @Override
  public HeadActivation head() {
    return HeadActivation.SOFTMAX;
  }

  @Override
  public double of(float[] outputs, int from, float[] targets, int at, int n) {
    double loss = 0;
    for (int c = 0; c < n; c++) {
      double p = outputs[from + c];
      if (targets[at + c] != 0 || Double.isNaN(p)) {
        // A comparison that is false for NaN, so that NaN stays NaN.
        loss -= targets[at + c] * Math.log(p < EPSILON ? EPSILON : p);
      }
    }
    return loss;
  }

  @Override
  public double gradient(float[] logits, int from, float[] targets, int at, double[] gradient) {
    int n = gradient.length;
    double log = HeadActivation.logSum(logits, from, n);
    double weight = 0;
    for (int c = 0; c < n; c++) {
      weight += targets[at + c];
    }
    double loss = 0;
    for (int c = 0; c < n; c++) {
      double target = targets[at + c];
      double logProbability = logits[from + c] - log;
      loss -= target == 0 ? 0 : target * logProbability;
      gradient[c] = weight * Math.exp(logProbability) - target;
    }
    return loss;
  }
}
