package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/** The activations as kernels compute them. */
public final class PointwiseFunctions {
  private PointwiseFunctions() {}

  /**
   * Returns the function of an activation.
   *
   * @param activation the activation
   * @return a shared object; nothing is made anew
   */
  public static Pointwise of(Activation activation) {
    return switch (activation) {
      case NONE -> Clamp.NONE;
      case RELU -> Clamp.RELU;
      case LEAKY_RELU -> LeakyRelu.FUNCTION;
      case RELU6 -> Clamp.RELU6;
      case SILU -> Silu.FUNCTION;
      case GELU -> Gelu.FUNCTION;
      case SIGMOID -> Sigmoid.FUNCTION;
      case TANH -> Tanh.FUNCTION;
      case HARD_SIGMOID -> HardSigmoid.FUNCTION;
      case HARD_SWISH -> HardSwish.FUNCTION;
    };
  }
}
