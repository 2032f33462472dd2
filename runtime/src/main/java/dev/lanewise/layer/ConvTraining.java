package dev.lanewise.layer;

import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;

/** A convolution in a training pass: reads [N,IH,IW,IC] and writes [N,OH,OW,OC]. */
public final class ConvTraining extends ProductTraining {
  private final Conv layer;

  ConvTraining(Conv layer, TrainingContext context, LayerTraining source) {
    super(
        context,
        layer,
        source,
        new ConvKernel(context.scratch(), layer.window(), layer.channelGroups()),
        layer.store(),
        layer.kernel(),
        layer.bias(),
        layer.outputChannels());
    this.layer = layer;
  }

  /**
   * {@return the shape [N,OH,OW,OC] over an input [N,IH,IW,IC]}
   *
   * @param in shape of the input
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return layer.outputShape(in);
  }
}
