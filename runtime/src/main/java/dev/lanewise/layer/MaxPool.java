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

  /** {@return whether padded places count as zeros} */
  public boolean zeros() {
    return zeros;
  }

  /** {@return the window} */
  public Window window() {
    return window;
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,IH,IW,C] of the input
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), window, in);
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public MaxPoolTraining training(TrainingContext context, LayerTraining source) {
    return new MaxPoolTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public PoolInference inference(InferenceContext context) {
    return new PoolInference(
        new PoolKernel(context.scratch(), true, zeros), this::outputShape, in -> window);
  }
}
