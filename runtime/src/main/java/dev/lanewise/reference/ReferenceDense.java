package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import java.util.Locale;

/** A dense layer over the flattened (H, W, C) values of each image; weights are [in, units]. */
public final class ReferenceDense {
  private ReferenceDense() {}

  /**
   * Returns flatten(src) * weights + bias.
   *
   * @param src [N,H,W,C]
   * @param weights [H*W*C, units]
   * @param bias [units], or null for none
   * @param units number of outputs per image
   * @return [N,1,1,units]
   * @throws IllegalArgumentException where the weights' length does not fit
   */
  public static ReferenceTensor forward(
      ReferenceTensor src, double[] weights, double[] bias, int units) {
    int in = valuesPerImage(src.shape());
    checkWeights(weights, in, units);
    ReferenceTensor dst = ReferenceTensor.zeros(new Shape(src.shape().n(), 1, 1, units));
    for (int n = 0; n < src.shape().n(); n++) {
      for (int u = 0; u < units; u++) {
        double sum = bias == null ? 0 : bias[u];
        for (int i = 0; i < in; i++) {
          sum += src.data()[n * in + i] * weights[i * units + u];
        }
        dst.set(n, 0, 0, u, sum);
      }
    }
    return dst;
  }

  /**
   * {@return the gradient of forward's input}
   *
   * @param dDst [N,1,1,units]
   * @param weights [H*W*C, units]
   * @param inShape shape [N,H,W,C] of forward's input
   */
  public static ReferenceTensor backwardData(
      ReferenceTensor dDst, double[] weights, Shape inShape) {
    int in = valuesPerImage(inShape);
    int units = dDst.shape().c();
    checkWeights(weights, in, units);
    ReferenceTensor dSrc = ReferenceTensor.zeros(inShape);
    for (int n = 0; n < inShape.n(); n++) {
      for (int i = 0; i < in; i++) {
        for (int u = 0; u < units; u++) {
          dSrc.data()[n * in + i] += dDst.get(n, 0, 0, u) * weights[i * units + u];
        }
      }
    }
    return dSrc;
  }

  /**
   * {@return the gradient of the weights, [H*W*C, units]}
   *
   * @param src what forward read, [N,H,W,C]
   * @param dDst [N,1,1,units]
   */
  public static double[] backwardWeights(ReferenceTensor src, ReferenceTensor dDst) {
    int in = valuesPerImage(src.shape());
    int units = dDst.shape().c();
    double[] dWeights = new double[in * units];
    for (int n = 0; n < src.shape().n(); n++) {
      for (int i = 0; i < in; i++) {
        for (int u = 0; u < units; u++) {
          dWeights[i * units + u] += src.data()[n * in + i] * dDst.get(n, 0, 0, u);
        }
      }
    }
    return dWeights;
  }

  /**
   * {@return the gradient of the bias, [units]}
   *
   * @param dDst [N,1,1,units]
   */
  public static double[] backwardBias(ReferenceTensor dDst) {
    return ReferenceConv.backwardBias(dDst);
  }

  private static int valuesPerImage(Shape shape) {
    return shape.h() * shape.w() * shape.c();
  }

  private static void checkWeights(double[] weights, int in, int units) {
    if (weights.length != in * units) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "weights [%d,%d] want %d values, got %d",
              in,
              units,
              in * units,
              weights.length));
    }
  }
}
