package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A dense layer in an inference pass. */
public final class DenseInference {
  private final Dense layer;
  private final FoldedWeights folded;
  private final ConvKernel conv;
  private final Epilogue plain = Epilogue.store();
  private final LastOperand source = new LastOperand();

  private Weights weights;

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
   * dst = flatten(src) * kernel + bias.
   *
   * @param src [N,H,W,C]
   * @param dst [N,1,1,units], overwritten
   */
  public void infer(Tensor src, Tensor dst) {
    conv.forward(source.of(src), weights(), dst, null, plain);
  }

  private Weights weights() {
    float[] values = folded.values();
    if (weights == null || weights.values() != values) {
      weights = new Weights(values, layer.kernel().offset(), values, layer.bias().offset());
    }
    return weights;
  }
}
