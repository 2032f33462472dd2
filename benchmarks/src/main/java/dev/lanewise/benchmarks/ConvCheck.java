package dev.lanewise.benchmarks;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import java.util.SplittableRandom;

/** Compares a convolution, in its three roles, with plain loops at some random positions. */
final class ConvCheck {
  /** Values of each role that are compared. */
  private static final int CHECKED = 100;

  /** Allowed difference for a sum of one product of values within [-1, 1]. */
  private static final double TOLERANCE = 2e-6;

  private final Window window;
  private final Tensor x;
  private final Tensor dy;
  private final float[] kernel;
  private final SplittableRandom random = new SplittableRandom(2);

  /**
   * Takes the operands.
   *
   * @param x input, [N,IH,IW,IC]
   * @param dy gradient of the output, [N,OH,OW,OC]
   * @param kernel row-major [KH,KW,IC,OC]
   */
  ConvCheck(Window window, Tensor x, Tensor dy, float[] kernel) {
    this.window = window;
    this.x = x;
    this.dy = dy;
    this.kernel = kernel;
  }

  /**
   * Runs and compares all three roles.
   *
   * @param weights packed, without a bias
   * @param dWeightsAt where in the same array the gradient of the weights may be written
   * @param y where the output may be written
   * @param dx where the gradient of the input may be written
   * @throws IllegalStateException where a value differs
   */
  void run(ConvKernel conv, Weights weights, int dWeightsAt, Tensor y, Tensor dx) {
    float[] data = weights.values();
    conv.infer(Operand.of(x), weights, y, null, Epilogue.store());
    conv.backwardData(Operand.of(dy), weights, dx, null, null);
    conv.backwardWeights(Operand.of(x), Operand.of(dy), data, dWeightsAt);
    float[] dKernel = conv.weights().unpack(data, dWeightsAt);
    for (int i = 0; i < CHECKED; i++) {
      forward(y);
      backwardData(dx);
      backwardWeights(dKernel);
    }
  }

  private void forward(Tensor y) {
    Shape out = y.shape();
    int n = random.nextInt(out.n());
    int oh = random.nextInt(out.h());
    int ow = random.nextInt(out.w());
    int oc = random.nextInt(out.c());
    double sum = 0;
    for (int kh = 0; kh < window.kh(); kh++) {
      for (int kw = 0; kw < window.kw(); kw++) {
        for (int ic = 0; ic < x.shape().c(); ic++) {
          sum += input(n, oh, ow, kh, kw, ic) * kernel[at(kh, kw, ic, oc)];
        }
      }
    }
    compare("output", sum, y.get(n, oh, ow, oc), window.kh() * window.kw() * x.shape().c());
  }

  private void backwardData(Tensor dx) {
    Shape in = x.shape();
    Shape out = dy.shape();
    int n = random.nextInt(in.n());
    int h = random.nextInt(in.h());
    int w = random.nextInt(in.w());
    int ic = random.nextInt(in.c());
    double sum = 0;
    for (int kh = 0; kh < window.kh(); kh++) {
      for (int kw = 0; kw < window.kw(); kw++) {
        int oh = h + window.padTop(in.h()) - kh;
        int ow = w + window.padLeft(in.w()) - kw;
        if (oh < 0 || ow < 0 || oh % window.sh() != 0 || ow % window.sw() != 0) {
          continue;
        }
        oh /= window.sh();
        ow /= window.sw();
        for (int oc = 0; oh < out.h() && ow < out.w() && oc < out.c(); oc++) {
          sum += (double) dy.get(n, oh, ow, oc) * kernel[at(kh, kw, ic, oc)];
        }
      }
    }
    compare("gradient of the input", sum, dx.get(n, h, w, ic), window.kh() * window.kw() * out.c());
  }

  private void backwardWeights(float[] dKernel) {
    Shape out = dy.shape();
    int kh = random.nextInt(window.kh());
    int kw = random.nextInt(window.kw());
    int ic = random.nextInt(x.shape().c());
    int oc = random.nextInt(out.c());
    double sum = 0;
    for (int n = 0; n < out.n(); n++) {
      for (int oh = 0; oh < out.h(); oh++) {
        for (int ow = 0; ow < out.w(); ow++) {
          sum += input(n, oh, ow, kh, kw, ic) * dy.get(n, oh, ow, oc);
        }
      }
    }
    compare("gradient of the weights", sum, dKernel[at(kh, kw, ic, oc)], out.pixels());
  }

  private double input(int n, int oh, int ow, int kh, int kw, int ic) {
    Shape in = x.shape();
    int h = oh * window.sh() - window.padTop(in.h()) + kh;
    int w = ow * window.sw() - window.padLeft(in.w()) + kw;
    return h < 0 || h >= in.h() || w < 0 || w >= in.w() ? 0 : x.get(n, h, w, ic);
  }

  private int at(int kh, int kw, int ic, int oc) {
    return ((kh * window.kw() + kw) * x.shape().c() + ic) * dy.shape().c() + oc;
  }

  private static void compare(String what, double wanted, double got, int terms) {
    if (!(Math.abs(got - wanted) <= TOLERANCE * Math.sqrt(terms) * Math.log(2 + terms))) {
      throw new IllegalStateException(what + ": wanted " + wanted + ", got " + got);
    }
  }
}
