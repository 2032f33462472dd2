package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.network.HeadActivation;

/** Cross-entropy of each label by itself, as a mean over the labels. */
final class BinaryCrossentropy implements Loss {
  /** Keras's backend epsilon: no probability counts as nearer to 0 or to 1. */
  private static final double EPSILON = 1e-7;

  @Override
  public String name() {
    return "binary_crossentropy";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.LABELS;
  }

  @Override
  public HeadActivation head() {
    return HeadActivation.SIGMOID;
  }

  @Override
  public double of(float[] outputs, int from, float[] targets, int at, int n) {
    double sum = 0;
    for (int c = 0; c < n; c++) {
      double p = outputs[from + c];
      double clipped = p < EPSILON ? EPSILON : p > 1 - EPSILON ? 1 - EPSILON : p;
      double target = targets[at + c];
      sum -= target * Math.log(clipped) + (1 - target) * Math.log1p(-clipped);
    }
    return sum / n;
  }

  @Override
  public double gradient(float[] logits, int from, float[] targets, int at, double[] gradient) {
    int n = gradient.length;
    double sum = 0;
    for (int c = 0; c < n; c++) {
      double logit = logits[from + c];
      double target = targets[at + c];
      // -t ln(p) - (1 - t) ln(1 - p), in a form that no logit makes infinite.
      sum += Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
      gradient[c] = (HeadActivation.sigmoid(logit) - target) / n;
    }
    return sum / n;
  }
}
