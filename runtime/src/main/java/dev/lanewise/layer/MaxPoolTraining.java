package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A max pooling in a training pass. */
public final class MaxPoolTraining extends LayerTraining {
  private final MaxPool layer;
  private final PoolKernel kernel;

  MaxPoolTraining(MaxPool layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.kernel = new PoolKernel(context.scratch(), true, layer.zeros());
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,IH,IW,C] of the input
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return layer.outputShape(in);
  }

  /**
   * dst = largest of each window.
   *
   * @param src read as [N,IH,IW,C]
   * @param dst [N,OH,OW,C], overwritten
   * @param argmax of dst's shape; keeps where the largest stood, for backward
   */
  public void forward(Operand src, Tensor dst, Tensor argmax) {
    kernel.forward(layer.window(), src, dst, argmax);
  }

  /**
   * dSrc = epilogue(gradient of forward's input), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,C]
   * @param argmax what forward kept
   * @param dSrc [N,IH,IW,C], overwritten
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public void backward(Tensor dDst, Tensor argmax, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      kernel.backward(layer.window(), dDst, argmax, dSrc, epilogue);
    }
  }
}
