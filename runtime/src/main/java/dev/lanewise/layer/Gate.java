package dev.lanewise.layer;

import dev.lanewise.tensor.Shape;

/**
 * Multiplies a map by a value for each image and channel, which two convolutions make of the map's
 * average: squeeze and excitation (Hu, Shen and Sun, "Squeeze-and-Excitation Networks", CVPR 2018).
 */
public final class Gate extends Layer {
  Gate(String name) {
    super(name);
  }

  /**
   * {@return the output's shape, which is the input's}
   *
   * @param in shape [N,H,W,C] of the input
   */
  public Shape outputShape(Shape in) {
    return in;
  }

  /**
   * {@return this layer in a training pass}
   *
   * @param context the pass's
   * @param source what makes the values that the map is multiplied by
   */
  public GateTraining training(TrainingContext context, LayerTraining source) {
    return new GateTraining(this, context, source);
  }

  /**
   * {@return this layer in an inference pass}
   *
   * @param context the pass's
   */
  public GateInference inference(InferenceContext context) {
    return new GateInference(context.scratch());
  }
}
