package dev.lanewise.formats.onnx;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import java.util.List;

/** A convolution and the batch normalisation behind it, as a convolution with a bias. */
final class Folding {
  private Folding() {}

  /**
   * Returns kernel * s and (bias - mean) * s + beta, where s = gamma / sqrt(variance + epsilon),
   * computed in double.
   *
   * @param convolution kernel [KH,KW,IC,OC], and a bias [OC] or none
   * @param norm gamma, beta, moving_mean, moving_variance, each [OC]
   */
  static SavedLayer of(SavedLayer convolution, SavedLayer norm, double epsilon) {
    SavedArray kernel = array(convolution, "kernel");
    SavedArray bias = array(convolution, "bias");
    float[] weights = kernel.values();
    float[] gamma = array(norm, "gamma").values();
    float[] beta = array(norm, "beta").values();
    float[] mean = array(norm, "moving_mean").values();
    float[] variance = array(norm, "moving_variance").values();
    int channels = gamma.length;
    float[] biases = bias == null ? new float[channels] : bias.values();
    double[] scale = new double[channels];
    float[] shifts = new float[channels];
    for (int c = 0; c < channels; c++) {
      scale[c] = gamma[c] / Math.sqrt(variance[c] + epsilon);
      shifts[c] = (float) ((biases[c] - (double) mean[c]) * scale[c] + beta[c]);
    }
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = (float) (weights[i] * scale[i % channels]);
    }
    return new SavedLayer(
        convolution.name(),
        List.of(
            new SavedArray("kernel", kernel.shape(), scaled),
            new SavedArray("bias", new int[] {channels}, shifts)));
  }

  /** Returns a layer's array of a name; null where there is none. */
  private static SavedArray array(SavedLayer layer, String name) {
    return layer.arrays().stream().filter(a -> a.name().equals(name)).findFirst().orElse(null);
  }
}
