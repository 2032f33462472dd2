package dev.lanewise.layer;

import dev.lanewise.tensor.Shape;

/** A dense layer in a training pass: reads [N,H,W,C], flattened, and writes [N,1,1,units]. */
public final class DenseTraining extends ProductTraining {
  private final Dense layer;

  DenseTraining(Dense layer, TrainingContext context, LayerTraining source) {
    super(
        context,
        layer,
        source,
        layer.newKernel(context.scratch()),
        layer.store(),
        layer.kernel(),
        layer.bias(),
        layer.units());
    this.layer = layer;
  }

  /**
   * {@return the shape [N,1,1,units]}
   *
   * @param in shape of the input, of which N alone is read
   */
  public Shape outputShape(Shape in) {
    return layer.outputShape(in);
  }
}
