package dev.lanewise.model.training;

/** What training minimises. */
public enum Loss {
  /** Mean over the images of -ln(probability of the right class). */
  CATEGORICAL_CROSSENTROPY("categorical_crossentropy");

  /** Keras's backend epsilon: probabilities below it count as it, so that one image costs 16.1. */
  private static final double EPSILON = 1e-7;

  private final String kerasName;

  Loss(String kerasName) {
    this.kerasName = kerasName;
  }

  /** {@return Keras's name} */
  public String kerasName() {
    return kerasName;
  }

  /**
   * {@return the loss of one image from the probability of its right class}
   *
   * @param probability from 0 to 1; NaN gives NaN
   */
  public double of(double probability) {
    // A comparison that is false for NaN, so that NaN stays NaN.
    return -Math.log(probability < EPSILON ? EPSILON : probability);
  }
}
