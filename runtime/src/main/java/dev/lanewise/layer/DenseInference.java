package dev.lanewise.layer;

import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A dense layer in an inference pass. */
public final class DenseInference {
  private final Dense layer;
  private final FoldedWeights folded;
  private final ConvKernel conv;
  private final LastOperand source = new LastOperand();

  private Weights weights;
  private StoreEpilogue store;

  DenseInference(Dense layer, InferenceContext context) {
    this.layer = layer;
    this.folded = context.weights();
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
   * dst = activation(flatten(src) * kernel + bias). Each call of a pass has the same activation.
   *
   * @param src [N,H,W,C]
   * @param dst [N,1,1,units], overwritten
   * @param activation what follows; NONE for none
   */
  public void infer(Tensor src, Tensor dst, Activation activation) {
    if (store == null) {
      store = new StoreEpilogue(PointwiseFunctions.of(activation));
    }
    conv.forward(source.of(src), weights(), dst, null, store);
  }

  private Weights weights() {
    float[] values = folded.values();
    if (weights == null || weights.values() != values) {
      weights = new Weights(values, layer.kernel().offset(), values, layer.bias().offset());
    }
    return weights;
  }
}
