package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A dense layer in a training pass. */
public final class DenseTraining extends LayerTraining {
  private final Dense layer;
  private final TrainingContext context;
  private final ConvKernel conv;
  private final Epilogue plain = Epilogue.store();
  private final LastOperand source = new LastOperand();
  private final LastOperand gradient = new LastOperand();

  private Weights weights;

  DenseTraining(Dense layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.context = context;
    this.conv = layer.newKernel(context.scratch());
  }

  /**
   * {@return the shape [N,1,1,units]}
   *
   * @param in shape of the input, of which N alone is read
   */
  public Shape outputShape(Shape in) {
    return layer.outputShape(in);
  }

  /**
   * dst = flatten(src) * kernel + bias.
   *
   * @param src [N,H,W,C]
   * @param dst [N,1,1,units], overwritten
   */
  public void forward(Tensor src, Tensor dst) {
    conv.forward(source.of(src), weights(), dst, null, plain);
  }

  private Weights weights() {
    if (weights == null) {
      float[] values = layer.store().values();
      weights = new Weights(values, layer.kernel().offset(), values, layer.bias().offset());
    }
    return weights;
  }

  /**
   * dSrc = epilogue(gradient of forward's input), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,1,1,units]
   * @param dSrc [N,H,W,C], overwritten
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public void backwardData(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    if (inputTrained()) {
      conv.backwardData(gradient.of(dDst), weights(), dSrc, null, epilogue);
    }
  }

  /**
   * Gradients of kernel and bias, overwritten unless the layer is frozen.
   *
   * @param src what forward read
   * @param dDst gradient of forward's result, [N,1,1,units]
   */
  public void backwardWeights(Tensor src, Tensor dDst) {
    if (frozen()) {
      return;
    }
    float[] gradients = context.gradients();
    conv.backwardWeights(source.of(src), gradient.of(dDst), gradients, layer.kernel().offset());
    conv.backwardBias(gradient.of(dDst), gradients, layer.bias().offset());
  }
}
