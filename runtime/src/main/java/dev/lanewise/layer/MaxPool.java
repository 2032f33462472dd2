package dev.lanewise.layer;

import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Max pooling; padded places never win, unless they count as zeros. */
public final class MaxPool extends Layer {
  private final Window window;
  private final boolean zeros;

  MaxPool(String name, Window window, boolean zeros) {
    super(name);
    this.window = window;
    this.zeros = zeros;
  }

  /** Returns whether padded places count as zeros. */
  public boolean zeros() {
    return zeros;
  }

  /** Returns the window. */
  public Window window() {
    return window;
  }

  /**
   * Returns the output's shape.
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window, in);
  }

  /**
   * Returns this layer in a training pass.
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public MaxPoolTraining training(TrainingContext context, LayerTraining source) {
    return new MaxPoolTraining(this, context, source);
  }

  /**
   * Returns this layer in an inference pass.
   *
   * @param context the pass's
   */
  public PoolInference inference(InferenceContext context) {
    return new PoolInference(
        new PoolKernel(context.scratch(), true, zeros), this::outputShape, in -> window);
  }
}
