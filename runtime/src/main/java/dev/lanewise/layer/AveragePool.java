package dev.lanewise.layer;

import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Average pooling over the places of each window that lie inside the input. */
public final class AveragePool extends Layer {
  private final Window window;

  /** Pass null for window to average the whole map. */
  AveragePool(String name, Window window) {
    super(name);
    this.window = window;
  }

  /** {@return the window; null where the whole map is averaged} */
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
    return Windows.outputShape(name(), window(in), in);
  }

  /** Returns the window over an input of a shape. */
  Window window(Shape in) {
    return window != null ? window : Window.valid(in.h(), in.w(), in.h(), in.w());
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the layer's input
   */
  public AveragePoolTraining training(TrainingContext context, LayerTraining source) {
    return new AveragePoolTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public PoolInference inference(InferenceContext context) {
    return new PoolInference(
        new PoolKernel(context.scratch(), false), this::outputShape, this::window);
  }
}
