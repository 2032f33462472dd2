package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Locale;

/**
 * A 2-D convolution as networks mean it, which is a cross-correlation. Weights are HWIO: a
 * row-major [KH,KW,IC,OC].
 */
public final class ReferenceConv {
  private ReferenceConv() {}

  /**
   * Returns conv(src) + bias.
   *
   * @param src [N,IH,IW,IC]
   * @param weights [KH,KW,IC,OC]
   * @param bias [OC], or null for none
   * @param window size, strides, padding and dilation
   * @param oc output channels
   * @return [N,OH,OW,OC]
   * @throws IllegalArgumentException where an array's length does not fit or no window does
   */
  public static ReferenceTensor forward(
      ReferenceTensor src, double[] weights, double[] bias, Window window, int oc) {
    return forward(src, weights, bias, window, 1, oc);
  }

  /**
   * Returns conv(src) + bias of a convolution in groups, each of which reads IC/G channels and
   * makes OC/G.
   *
   * @param src [N,IH,IW,IC]
   * @param weights [KH,KW,IC/G,OC]
   * @param bias [OC], or null for none
   * @param window size, strides, padding and dilation
   * @param groups G
   * @param oc output channels
   * @return [N,OH,OW,OC]
   * @throws IllegalArgumentException where an array's length does not fit or no window does
   */
  public static ReferenceTensor forward(
      ReferenceTensor src, double[] weights, double[] bias, Window window, int groups, int oc) {
    Shape in = src.shape();
    checkWeights(weights, window, in.c() / groups, oc);
    if (bias != null && bias.length != oc) {
      throw new IllegalArgumentException("bias requires " + oc + " values, got " + bias.length);
    }
    ReferenceTensor dst = ReferenceTensor.zeros(Windows.outputShape(in, window, oc));
    Windows.forEachResult(
        dst.shape(),
        (n, oh, ow) -> {
          Windows.forEachPlace(
              window,
              in,
              oh,
              ow,
              (kh, kw, ih, iw) -> {
                int pixel = dst.index(n, oh, ow, 0);
                for (int i = 0; i < in.c(); i++) {
                  double x = src.get(n, ih, iw, i);
                  int group = i / (in.c() / groups);
                  int row = weightRow(window, in.c() / groups, oc, kh, kw, i);
                  for (int o = group * (oc / groups); o < (group + 1) * (oc / groups); o++) {
                    dst.data()[pixel + o] += x * weights[row + o];
                  }
                }
              });
          for (int o = 0; bias != null && o < oc; o++) {
            dst.accumulate(n, oh, ow, o, bias[o]);
          }
        });
    return dst;
  }

  /**
   * Returns the gradient of forward's input.
   *
   * @param dDst [N,OH,OW,OC]
   * @param weights [KH,KW,IC,OC]
   * @param window size, strides, padding and dilation
   * @param in shape [N,IH,IW,IC] of forward's input
   * @return [N,IH,IW,IC]
   */
  public static ReferenceTensor backwardData(
      ReferenceTensor dDst, double[] weights, Window window, Shape in) {
    return backwardData(dDst, weights, window, 1, in);
  }

  /**
   * Returns the gradient of the input of a convolution in groups.
   *
   * @param dDst [N,OH,OW,OC]
   * @param weights [KH,KW,IC/G,OC]
   * @param window size, strides, padding and dilation
   * @param groups G
   * @param in shape [N,IH,IW,IC] of forward's input
   * @return [N,IH,IW,IC]
   */
  public static ReferenceTensor backwardData(
      ReferenceTensor dDst, double[] weights, Window window, int groups, Shape in) {
    int oc = dDst.shape().c();
    checkWeights(weights, window, in.c() / groups, oc);
    checkGradient(dDst, in, window);
    ReferenceTensor dSrc = ReferenceTensor.zeros(in);
    Windows.forEachResult(
        dDst.shape(),
        (n, oh, ow) ->
            Windows.forEachPlace(
                window,
                in,
                oh,
                ow,
                (kh, kw, ih, iw) -> {
                  int pixel = dDst.index(n, oh, ow, 0);
                  for (int i = 0; i < in.c(); i++) {
                    int group = i / (in.c() / groups);
                    int row = weightRow(window, in.c() / groups, oc, kh, kw, i);
                    double sum = 0;
                    for (int o = group * (oc / groups); o < (group + 1) * (oc / groups); o++) {
                      sum += dDst.data()[pixel + o] * weights[row + o];
                    }
                    dSrc.accumulate(n, ih, iw, i, sum);
                  }
                }));
    return dSrc;
  }

  /**
   * Returns the gradient of the weights.
   *
   * @param src what forward read, [N,IH,IW,IC]
   * @param dDst [N,OH,OW,OC]
   * @param window size, strides, padding and dilation
   * @return [KH,KW,IC,OC]
   */
  public static double[] backwardWeights(ReferenceTensor src, ReferenceTensor dDst, Window window) {
    return backwardWeights(src, dDst, window, 1);
  }

  /**
   * Returns the gradient of the weights of a convolution in groups.
   *
   * @param src what forward read, [N,IH,IW,IC]
   * @param dDst [N,OH,OW,OC]
   * @param window size, strides, padding and dilation
   * @param groups G
   * @return [KH,KW,IC/G,OC]
   */
  public static double[] backwardWeights(
      ReferenceTensor src, ReferenceTensor dDst, Window window, int groups) {
    Shape in = src.shape();
    int oc = dDst.shape().c();
    checkGradient(dDst, in, window);
    double[] dWeights = new double[window.kh() * window.kw() * (in.c() / groups) * oc];
    Windows.forEachResult(
        dDst.shape(),
        (n, oh, ow) ->
            Windows.forEachPlace(
                window,
                in,
                oh,
                ow,
                (kh, kw, ih, iw) -> {
                  int pixel = dDst.index(n, oh, ow, 0);
                  for (int i = 0; i < in.c(); i++) {
                    double x = src.get(n, ih, iw, i);
                    int group = i / (in.c() / groups);
                    int row = weightRow(window, in.c() / groups, oc, kh, kw, i);
                    for (int o = group * (oc / groups); o < (group + 1) * (oc / groups); o++) {
                      dWeights[row + o] += x * dDst.data()[pixel + o];
                    }
                  }
                }));
    return dWeights;
  }

  /**
   * Returns the gradient of the bias.
   *
   * @param dDst [N,OH,OW,OC]
   * @return [OC]
   */
  public static double[] backwardBias(ReferenceTensor dDst) {
    double[] dBias = new double[dDst.shape().c()];
    for (int i = 0; i < dDst.data().length; i++) {
      dBias[dDst.channel(i)] += dDst.data()[i];
    }
    return dBias;
  }

  /** Returns where the weights start that meet a channel of the input, of ic to a group. */
  private static int weightRow(Window window, int ic, int oc, int kh, int kw, int i) {
    return ((kh * window.kw() + kw) * ic + i % ic) * oc;
  }

  private static void checkWeights(double[] weights, Window window, int ic, int oc) {
    int wanted = window.kh() * window.kw() * ic * oc;
    if (weights.length != wanted) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "weights [%d,%d,%d,%d] want %d values, got %d",
              window.kh(),
              window.kw(),
              ic,
              oc,
              wanted,
              weights.length));
    }
  }

  private static void checkGradient(ReferenceTensor dDst, Shape in, Window window) {
    Shape wanted = Windows.outputShape(in, window, dDst.shape().c());
    if (!dDst.shape().equals(wanted)) {
      throw new IllegalArgumentException(
          "the gradient of the output requires shape " + wanted + ", got " + dDst.shape());
    }
  }
}
