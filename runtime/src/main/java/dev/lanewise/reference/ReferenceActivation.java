package dev.lanewise.reference;

import dev.lanewise.spec.Activation;

/** An activation of each value by itself. */
public final class ReferenceActivation {
  private ReferenceActivation() {}

  /**
   * Returns the activation of each value.
   *
   * @param function the activation
   * @param src values of any shape
   * @return values of the same shape
   */
  public static ReferenceTensor forward(Activation function, ReferenceTensor src) {
    ReferenceTensor dst = ReferenceTensor.zeros(src.shape());
    for (int i = 0; i < src.data().length; i++) {
      dst.data()[i] = value(function, src.data()[i]);
    }
    return dst;
  }

  /**
   * Returns the gradient of the input: dDst times the derivative at each value of src.
   *
   * @param function the activation
   * @param src what forward read
   * @param dDst gradient of forward's result
   * @return gradient of src, of its shape
   */
  public static ReferenceTensor backward(
      Activation function, ReferenceTensor src, ReferenceTensor dDst) {
    ReferenceTensor dSrc = ReferenceTensor.zeros(src.shape());
    for (int i = 0; i < src.data().length; i++) {
      dSrc.data()[i] = derivative(function, src.data()[i]) * dDst.data()[i];
    }
    return dSrc;
  }

  /**
   * Returns the activation of a value.
   *
   * @param function the activation
   * @param x any value
   * @return the activation of x
   */
  public static double value(Activation function, double x) {
    return switch (function) {
      case NONE -> x;
      case RELU -> Math.max(0, x);
      case LEAKY_RELU -> x > 0 ? x : Activation.LEAKY_SLOPE * x;
      case RELU6 -> Math.min(Math.max(0, x), 6);
      case SILU -> x * sigmoid(x);
      case GELU -> x * NormalDistribution.function(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> StrictMath.tanh(x);
      case HARD_SIGMOID -> hardSigmoid(x);
      case HARD_SWISH -> x * hardSigmoid(x);
    };
  }

  /**
   * Returns the derivative at a value; at a kink the smaller one.
   *
   * @param function the activation
   * @param x any value
   * @return the derivative at x
   */
  public static double derivative(Activation function, double x) {
    return switch (function) {
      case NONE -> 1;
      case RELU -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x > 0 ? 1 : Activation.LEAKY_SLOPE;
      case RELU6 -> x > 0 && x < 6 ? 1 : 0;
      case SILU -> sigmoid(x) * (1 + x * sigmoid(-x));
      case GELU -> NormalDistribution.function(x) + x * NormalDistribution.density(x);
      case SIGMOID -> sigmoid(x) * sigmoid(-x);
      case TANH -> 1 / (StrictMath.cosh(x) * StrictMath.cosh(x));
      case HARD_SIGMOID -> x > -3 && x < 3 ? 1 / 6.0 : 0;
      case HARD_SWISH -> x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6;
    };
  }

  private static double hardSigmoid(double x) {
    return Math.min(Math.max(0, x + 3), 6) / 6;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
