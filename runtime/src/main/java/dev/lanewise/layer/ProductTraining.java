package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Tensor;

/** What convolutions and dense layers share in a training pass. */
public abstract sealed class ProductTraining extends UnitEnd permits ConvTraining, DenseTraining {
  private final ConvKernel product;
  private final ParameterStore parameters;
  private final Parameter kernel;
  private final Parameter bias;
  private final int outputs;
  private StoreEpilogue store;

  /** The normalisation of this layer's result; null where none follows, and nothing is summed. */
  private NormState norm;

  /** Whether the sums are this layer's own, and not those of a normalisation that follows. */
  private boolean sums;

  private Weights weights;

  /**
   * Starts a product.
   *
   * @param bias null for none
   * @param outputs channels of the result
   */
  ProductTraining(
      TrainingContext context,
      Layer layer,
      LayerTraining source,
      ConvKernel product,
      ParameterStore parameters,
      Parameter kernel,
      Parameter bias,
      int outputs) {
    super(context, layer, source);
    this.product = product;
    this.parameters = parameters;
    this.kernel = kernel;
    this.bias = bias;
    this.outputs = outputs;
  }

  /** Says when the pass is planned what normalises the result, and so knows the bias's gradient. */
  final void setNorm(NormState norm) {
    this.norm = norm;
  }

  /** Returns a normalisation that changes nothing, and adds up the gradient of the bias. */
  @Override
  final NormState norm() {
    if (norm == null) {
      norm = NormState.identity(outputs);
      sums = true;
    }
    return norm;
  }

  /**
   * dst = src * kernel + bias, and what the epilogue adds up of it.
   *
   * @param src what the layer reads
   * @param dst the layer's output, overwritten
   * @param epilogue as {@link BatchNormTraining#statistics}
   */
  public final void forward(Operand src, Tensor dst, Epilogue epilogue) {
    product.forward(src, weights(), dst, null, epilogue);
  }

  /**
   * dst = activation(src * kernel + bias). Each call of a pass has the same activation.
   *
   * @param src what the layer reads
   * @param dst the layer's output, overwritten
   * @param activation follows; NONE for none
   */
  public final void forward(Operand src, Tensor dst, Activation activation) {
    forward(src, dst, null, activation);
  }

  /**
   * dst = activation(src * kernel + bias + addend). Each call of a pass has the same activation.
   *
   * @param src what the layer reads
   * @param dst the layer's output, overwritten
   * @param addend of dst's shape; may be dst itself; null for none
   * @param activation follows the addition; NONE for none
   */
  public final void forward(Operand src, Tensor dst, Tensor addend, Activation activation) {
    if (store == null) {
      store = new StoreEpilogue(PointwiseFunctions.of(activation));
    }
    product.forward(src, weights(), dst, addend, store);
  }

  private Weights weights() {
    if (weights == null) {
      float[] values = parameters.values();
      weights =
          bias == null
              ? new Weights(values, kernel.offset())
              : new Weights(values, kernel.offset(), values, bias.offset());
    }
    return weights;
  }

  /**
   * dSrc = gradient of forward's input, unless no one reads it.
   *
   * @param dDst gradient of forward's result
   * @param dSrc of the input's shape, overwritten
   */
  public final void backwardData(Operand dDst, Tensor dSrc) {
    backwardData(dDst, dSrc, null, null);
  }

  /**
   * dSrc = epilogue(gradient of forward's input), unless no one reads it.
   *
   * @param dDst gradient of forward's result
   * @param dSrc of the input's shape, overwritten
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public final void backwardData(Operand dDst, Tensor dSrc, Epilogue epilogue) {
    backwardData(dDst, dSrc, null, epilogue);
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend), unless no one reads it.
   *
   * @param dDst gradient of forward's result
   * @param dSrc of the input's shape, overwritten
   * @param addend of dSrc's shape; may be dSrc itself; null for none
   * @param epilogue what the layer below needs of it; null to store the sum as it is
   */
  public final void backwardData(Operand dDst, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    if (inputTrained()) {
      product.backwardData(dDst, weights(), dSrc, addend, epilogue);
    }
  }

  /**
   * Gradients of kernel and bias, overwritten unless the layer is frozen. Comes after the {@link
   * BatchNormTraining#finishGradients} of the normalisation that follows.
   *
   * @param src what forward read
   * @param dDst gradient of forward's result
   */
  public final void backwardWeights(Operand src, Operand dDst) {
    if (frozen()) {
      return;
    }
    float[] gradients = context().gradients();
    product.backwardWeights(src, dDst, gradients, kernel.offset());
    if (bias == null) {
      return;
    }
    if (norm != null) {
      if (sums) {
        norm.finishSums();
      }
      norm.biasGradient(gradients, bias.offset());
    } else {
      product.backwardBias(dDst, gradients, bias.offset());
    }
  }
}
