package dev.lanewise.kernel;

/**
 * What a product multiplies its input with and adds to the result: packed weights, and a bias.
 * Layers make one and keep it, so that calls allocate nothing.
 */
public final class Weights {
  private final float[] values;
  private final int at;
  private final float[] bias;
  private final int biasAt;
  private final Weights withoutBias;

  /**
   * Takes parts of arrays, which are not copied.
   *
   * @param values holds the packed weights from index at on
   * @param at index of the first packed weight
   * @param bias holds a value for each output channel from index biasAt on; null for none
   * @param biasAt index of the first value of the bias
   */
  public Weights(float[] values, int at, float[] bias, int biasAt) {
    this.values = values;
    this.at = at;
    this.bias = bias;
    this.biasAt = biasAt;
    this.withoutBias = bias == null ? this : new Weights(values, at);
  }

  /**
   * Takes a part of an array, which is not copied, and no bias.
   *
   * @param values holds the packed weights from index at on
   * @param at index of the first packed weight
   */
  public Weights(float[] values, int at) {
    this(values, at, null, 0);
  }

  /** {@return the array of the packed weights} */
  public float[] values() {
    return values;
  }

  /** {@return the index of the first packed weight} */
  public int at() {
    return at;
  }

  /** {@return the array of the bias; null for none} */
  public float[] bias() {
    return bias;
  }

  /** {@return the index of the first value of the bias} */
  public int biasAt() {
    return biasAt;
  }

  /** {@return the same weights without the bias, as gradients read them} */
  public Weights withoutBias() {
    return withoutBias;
  }
}
