package dev.lanewise.layer;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.pool.PoolKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A subsampling in a training pass. */
public final class SubsamplingTraining extends LayerTraining {
  private final Subsampling layer;
  private final PoolKernel kernel;

  SubsamplingTraining(Subsampling layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.kernel = Subsampling.newKernel(context.scratch());
  }

  /**
   * {@return the output's shape}
   *
   * @param in shape [N,IH,IW,C] of the input
   */
  public Shape outputShape(Shape in) {
    return layer.outputShape(in);
  }

  /**
   * dst = every stride-th pixel of src.
   *
   * @param src read as [N,IH,IW,C]
   * @param dst [N,OH,OW,C], overwritten
   */
  public void forward(Operand src, Tensor dst) {
    kernel.forward(layer.window(), src, dst, null);
  }

  /**
   * dSrc = dDst at every stride-th pixel, zero elsewhere, unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,C]
   * @param dSrc [N,IH,IW,C], overwritten
   */
  public void backward(Tensor dDst, Tensor dSrc) {
    if (inputTrained()) {
      kernel.backward(layer.window(), dDst, null, dSrc, null);
    }
  }
}
