package dev.lanewise.layer;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Every stride-th pixel of a map: what Keras writes as a max pooling of 1x1 with a stride. */
public final class Subsampling extends Layer {
  private final Window window;

  Subsampling(String name, int sh, int sw) {
    super(name);
    this.window = Window.valid(1, 1, sh, sw);
  }

  /** {@return the window: 1x1 with the strides} */
  public Window window() {
    return window;
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,IH,IW,C] of the input
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
  public SubsamplingTraining training(TrainingContext context, LayerTraining source) {
    return new SubsamplingTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public PoolInference inference(InferenceContext context) {
    return new PoolInference(newKernel(context.scratch()), this::outputShape, in -> window);
  }

  /** The average of one value is the value, and its gradient needs no argmax. */
  static PoolKernel newKernel(Scratch scratch) {
    return new PoolKernel(scratch, false);
  }
}
