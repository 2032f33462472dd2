package dev.lanewise.layer;

/**
 * Dropout (Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting",
 * JMLR 2014): in training each value is left out by chance, and what is left is divided by the
 * chance to stay. In inference nothing happens.
 */
public final class Dropout extends Layer {
  private final double rate;
  private final int number;

  Dropout(String name, double rate, int number) {
    super(name);
    this.rate = rate;
    this.number = number;
  }

  /** {@return the chance that a value is left out, from 0 to below 1} */
  public double rate() {
    return rate;
  }

  /** Returns which of the network's dropouts it is, from 1: each draws by itself. */
  int number() {
    return number;
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public DropoutTraining training(TrainingContext context, LayerTraining source) {
    return new DropoutTraining(this, context, source);
  }
}
