package dev.lanewise.model;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import java.util.List;

/**
 * Grad-CAM: where in an image a network sees a class. Selvaraju et al., "Grad-CAM: Visual
 * Explanations from Deep Networks via Gradient-based Localization" (ICCV 2017), over the last map A
 * [H,W,C] and a class's logit y:
 *
 * <pre>{@code
 * alpha[c] = 1/(H W) sum over i,j of dy / dA[i,j,c]
 * heat[i,j] = max(0, sum over c of alpha[c] A[i,j,c])
 * }</pre>
 *
 * <p>Between A and y are a pooling and a dense layer. A pooled value's gradients by the pixels of
 * its window add up to 1, whether it is their average or their maximum. So the sum above is that of
 * the dense layer's weights between channel c of all places and y.
 */
public final class GradCam {
  private GradCam() {}

  /**
   * Finds where a model sees a class.
   *
   * @param model not one that belongs to a {@link Classifier}
   * @param pixels of the image, as {@link dev.lanewise.model.data.Images#load} returns them for
   *     {@link Model#imageShape}
   * @param classIndex the class, label or number
   * @return the heat at each place of the last map
   * @throws ModelException where there is no such class, or the head is of another kind
   */
  public static HeatMap of(Model model, byte[] pixels, int classIndex) {
    int classes = model.classNames().size();
    if (classIndex < 0 || classIndex >= classes) {
      throw new ModelException(
          "a class requires an index from 0 to " + (classes - 1) + ", got " + classIndex);
    }
    Network network = model.network();
    TrainingPass pass = network.trainingPass(1);
    Tensor input = pass.input();
    model.inference().input(pixels).write(input.data(), input.offset());
    pass.forward(false);
    // The last block is the head; the one before it gives the map that it reads.
    List<Tensor> outputs = pass.blockOutputs();
    Tensor map = outputs.get(outputs.size() - 2);
    return heat(
        map, alpha(network, map.shape().c(), map.shape().h() * map.shape().w(), classIndex));
  }

  private static double[] alpha(Network network, int channels, int places, int classIndex) {
    LayerInfo dense = network.layerInfos().getLast();
    if (!(dense.config() instanceof LayerConfig.Classification head)) {
      throw new ModelException("an explanation requires a network with a dense layer at its end");
    }
    long hidden =
        network.layerInfos().stream().filter(l -> l.config() instanceof LayerConfig.Dense).count();
    if (hidden > 0) {
      throw new ModelException(
          "an explanation requires a network with one dense layer behind its last map, got "
              + (hidden + 1));
    }
    float[] kernel =
        network.parameters().stream()
            .filter(one -> one.layer().equals(dense.name()) && one.name().equals("kernel"))
            .map(Parameter::values)
            .findFirst()
            .orElseThrow();
    // [pooled places, C, classes]
    double[] alpha = new double[channels];
    for (int row = 0; row < kernel.length / head.units(); row++) {
      alpha[row % channels] += kernel[row * head.units() + classIndex] / (double) places;
    }
    return alpha;
  }

  private static HeatMap heat(Tensor map, double[] alpha) {
    int height = map.shape().h();
    int width = map.shape().w();
    float[] heat = new float[height * width];
    for (int i = 0; i < heat.length; i++) {
      double sum = 0;
      int at = map.offset() + i * alpha.length;
      for (int c = 0; c < alpha.length; c++) {
        sum += alpha[c] * map.data()[at + c];
      }
      heat[i] = (float) Math.max(0, sum);
    }
    return new HeatMap(height, width, heat);
  }
}
