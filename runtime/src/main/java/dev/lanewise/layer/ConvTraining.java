package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

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

  /**
   * dst = conv(src) + bias, and what the epilogue adds up of it.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param epilogue as {@link BatchNormTraining#statistics}
   */
  public void forward(Operand src, Tensor dst, Epilogue epilogue) {
    forwardInto(src, dst, null, epilogue);
  }
}
