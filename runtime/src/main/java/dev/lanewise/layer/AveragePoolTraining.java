package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/** An average pooling in a training pass. */
public final class AveragePoolTraining extends LayerTraining {
  private final AveragePool layer;
  private final PoolKernel kernel;
  private Window window;

  AveragePoolTraining(AveragePool layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.kernel = new PoolKernel(context.scratch(), false);
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
   * dst = average of each window.
   *
   * @param src read as [N,IH,IW,C]
   * @param dst [N,OH,OW,C], overwritten
   */
  public void forward(Operand src, Tensor dst) {
    if (window == null) {
      window = layer.window(src.tensor().shape());
    }
    kernel.forward(window, src, dst, null);
  }

  /**
   * dSrc = epilogue(gradient of forward's input), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,C]
   * @param dSrc [N,IH,IW,C], overwritten
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public void backward(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      kernel.backward(window, dDst, null, dSrc, epilogue);
    }
  }
}
