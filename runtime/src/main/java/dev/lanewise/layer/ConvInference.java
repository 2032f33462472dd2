package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Pointwise;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A convolution in an inference pass, with the normalisation that follows folded into it. */
public final class ConvInference {
  private final Conv layer;
  private final FoldedWeights folded;
  private final FoldedWeights.Folded convolution;
  private final ConvKernel conv;
  private final LastOperand source = new LastOperand();

  private Weights weights;
  private StoreEpilogue store;

  ConvInference(Conv layer, InferenceContext context) {
    this.layer = layer;
    this.folded = context.weights();
    this.convolution = folded.of(layer);
    this.conv =
        new ConvKernel(
            context.scratch(), layer.window(), layer.channelGroups(), convolution.filter());
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
   * dst = activation(conv(src)).
   *
   * @param src [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param activation follows the convolution and what is added; NONE for none
   */
  public void infer(Tensor src, Tensor dst, Activation activation) {
    infer(src, dst, null, activation);
  }

  /**
   * dst = activation(conv(src) + addend).
   *
   * @param src [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param addend [N,OH,OW,OC]; null for none
   * @param activation follows the convolution and what is added; NONE for none
   */
  public void infer(Tensor src, Tensor dst, Tensor addend, Activation activation) {
    infer(source.of(src), dst, addend, activation);
  }

  /**
   * dst = activation(conv(src)), where src may be read activated.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param activation follows the convolution and what is added; NONE for none
   */
  public void infer(Operand src, Tensor dst, Activation activation) {
    infer(src, dst, null, activation);
  }

  /**
   * dst = activation(conv(src) + addend), where src may be read activated.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param addend [N,OH,OW,OC]; null for none
   * @param activation follows the convolution and what is added; NONE for none
   */
  public void infer(Operand src, Tensor dst, Tensor addend, Activation activation) {
    conv.infer(src, weights(), dst, addend, store(activation));
  }

  private Weights weights() {
    float[] values = folded.values();
    if (weights == null || weights.values() != values) {
      weights = new Weights(values, layer.kernel().offset(), convolution.bias(), 0);
    }
    return weights;
  }

  /** Each call of a pass has the same activation. */
  private Epilogue store(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    if (store == null || store.function() != function) {
      store = new StoreEpilogue(function);
    }
    return store;
  }
}
