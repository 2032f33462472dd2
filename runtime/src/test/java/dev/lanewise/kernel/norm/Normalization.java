package dev.lanewise.kernel.norm;

import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.testing.Values;
import java.util.SplittableRandom;

/** A batch normalisation's parameters and what comes of them, in kernels and in plain loops. */
final class Normalization {
  static final double EPSILON = 1e-3;

  final NormState state;
  final float[] gamma;
  final float[] beta;
  final float[] variance;
  final float[] dGamma;
  final float[] dBeta;

  Normalization(int channels, SplittableRandom random) {
    state = new NormState(channels);
    gamma = Values.normal(random, channels, 1);
    beta = Values.normal(random, channels, 1);
    variance = new float[channels];
    dGamma = new float[channels];
    dBeta = new float[channels];
  }

  /** Turns the sums into statistics. */
  void finishStatistics() {
    state.finishStatistics(gamma, 0, beta, 0, EPSILON, variance);
  }

  /** Turns the sums into gradients. */
  void finishGradients() {
    state.finishGradients(dGamma, 0, dBeta, 0);
  }

  /** Returns the means that were found. */
  float[] means() {
    float[] means = new float[gamma.length];
    for (int c = 0; c < means.length; c++) {
      means[c] = state.mean(c);
    }
    return means;
  }

  /** Returns what the reference finds for x. */
  ReferenceBatchNorm.Result reference(ReferenceTensor x) {
    return ReferenceBatchNorm.forward(
        x, ReferenceTensor.doubles(gamma), ReferenceTensor.doubles(beta), EPSILON);
  }
}
