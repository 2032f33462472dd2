package dev.lanewise.model.training;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.network.HeadActivation;

/** Squared distance of numbers, as a mean over them. */
final class MeanSquaredError implements Loss {
  @Override
  public String name() {
    return "mean_squared_error";
  }

  @Override
  public TargetKind targets() {
    return TargetKind.VALUES;
  }

  @Override
  public HeadActivation head() {
    return HeadActivation.LINEAR;
  }

  @Override
  public double of(float[] outputs, int from, float[] targets, int at, int n) {
    double sum = 0;
    for (int c = 0; c < n; c++) {
      double error = (double) outputs[from + c] - targets[at + c];
      sum += error * error;
    }
    return sum / n;
  }

  @Override
  public double gradient(float[] logits, int from, float[] targets, int at, double[] gradient) {
    int n = gradient.length;
    double sum = 0;
    for (int c = 0; c < n; c++) {
      double error = (double) logits[from + c] - targets[at + c];
      sum += error * error;
      gradient[c] = 2 * error / n;
    }
    return sum / n;
  }
}
