package dev.lanewise.spec;

/**
 * What follows a batch normalisation, a convolution, or the join of a block: a function of each
 * value by itself.
 */
public enum Activation {
  /** The value itself. */
  NONE,
  /** {@code max(0, x)} (Nair and Hinton, ICML 2010). */
  RELU,
  /**
   * {@code x} where it is positive, else {@link #LEAKY_SLOPE} times {@code x} (Maas, Hannun and Ng,
   * "Rectifier Nonlinearities Improve Neural Network Acoustic Models", 2013).
   */
  LEAKY_RELU,
  /**
   * {@code min(max(0, x), 6)} (Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010;
   * MobileNet's activation).
   */
  RELU6,
  /**
   * {@code x * sigmoid(x)}, also called swish (Elfwing, Uchibe and Doya 2017; Ramachandran, Zoph
   * and Le 2017).
   */
  SILU,
  /**
   * {@code x * P(x)}, where P is the standard normal distribution's function, as it is and not by
   * tanh (Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016).
   */
  GELU,
  /** {@code 1 / (1 + exp(-x))}. */
  SIGMOID,
  /** The hyperbolic tangent. */
  TANH,
  /**
   * {@code min(max(0, x + 3), 6) / 6} (Howard et al., "Searching for MobileNetV3", 2019):
   * PyTorch's, and Keras 3's; Keras 2 had {@code min(max(0, 0.2 x + 0.5), 1)} under this name.
   */
  HARD_SIGMOID,
  /** {@code x * min(max(0, x + 3), 6) / 6} (Howard et al., "Searching for MobileNetV3", 2019). */
  HARD_SWISH;

  /** Slope of {@link #LEAKY_RELU} below zero: Maas's, and PyTorch's default. */
  public static final double LEAKY_SLOPE = 0.01;

  /**
   * Returns whether the result tells the derivative: f'(x) = f'(f(x)). Otherwise x itself has to be
   * known for it.
   *
   * @return true of ReLU and its kin, whose result shows on which side of a kink x lies
   */
  public boolean resultTellsDerivative() {
    return switch (this) {
      case NONE, RELU, LEAKY_RELU, RELU6 -> true;
      case SILU, GELU, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH -> false;
    };
  }
}
