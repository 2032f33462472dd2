package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A convolution in a training pass. */
public final class ConvTraining extends UnitEnd {
  private final Conv layer;
  private final ConvKernel conv;
  private StoreEpilogue store;

  /** The normalisation of this layer's result; null where none follows, and nothing is summed. */
  private NormState norm;

  /** Whether the sums are this layer's own, and not those of a normalisation that follows. */
  private boolean sums;

  private Weights weights;

  ConvTraining(Conv layer, TrainingContext context, LayerTraining source) {
    super(context, layer, source);
    this.layer = layer;
    this.conv = new ConvKernel(context.scratch(), layer.window(), layer.channelGroups());
  }

  /** Says when the pass is planned what normalises the result, and so knows the bias's gradient. */
  void setNorm(NormState norm) {
    this.norm = norm;
  }

  /** Returns a normalisation that changes nothing, and adds up the gradient of the bias. */
  @Override
  NormState norm() {
    if (norm == null) {
      norm = NormState.identity(layer.outputChannels());
      sums = true;
    }
    return norm;
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
    conv.forward(src, weights(), dst, null, epilogue);
  }

  /**
   * dst = activation(conv(src) + bias). Each call of a pass has the same activation.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param activation follows the convolution; NONE for none
   */
  public void forward(Operand src, Tensor dst, Activation activation) {
    forward(src, dst, null, activation);
  }

  /**
   * dst = activation(conv(src) + bias + addend). Each call of a pass has the same activation.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param addend [N,OH,OW,OC]; may be dst itself; null for none
   * @param activation follows the addition; NONE for none
   */
  public void forward(Operand src, Tensor dst, Tensor addend, Activation activation) {
    if (store == null) {
      store = new StoreEpilogue(PointwiseFunctions.of(activation));
    }
    conv.forward(src, weights(), dst, addend, store);
  }

  private Weights weights() {
    if (weights == null) {
      float[] values = layer.store().values();
      Parameter bias = layer.bias();
      weights =
          bias == null
              ? new Weights(values, layer.kernel().offset())
              : new Weights(values, layer.kernel().offset(), values, bias.offset());
    }
    return weights;
  }

  /**
   * dSrc = gradient of forward's input, unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   */
  public void backwardData(Operand dDst, Tensor dSrc) {
    backwardData(dDst, dSrc, null, null);
  }

  /**
   * dSrc = epilogue(gradient of forward's input), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param epilogue what the layer below needs of it; null to store the gradient as it is
   */
  public void backwardData(Operand dDst, Tensor dSrc, Epilogue epilogue) {
    backwardData(dDst, dSrc, null, epilogue);
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param addend [N,IH,IW,IC]; may be dSrc itself; null for none
   * @param epilogue what the layer below needs of it; null to store the sum as it is
   */
  public void backwardData(Operand dDst, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    if (inputTrained()) {
      conv.backwardData(dDst, weights(), dSrc, addend, epilogue);
    }
  }

  /**
   * Gradients of kernel and bias, overwritten unless the layer is frozen. Comes after the {@link
   * BatchNormTraining#finishGradients} of the normalisation that follows.
   *
   * @param src what forward read, [N,IH,IW,IC]
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   */
  public void backwardWeights(Operand src, Operand dDst) {
    if (frozen()) {
      return;
    }
    float[] gradients = context().gradients();
    conv.backwardWeights(src, dDst, gradients, layer.kernel().offset());
    if (!layer.biased()) {
      return;
    }
    if (norm != null) {
      if (sums) {
        norm.finishSums();
      }
      norm.biasGradient(gradients, layer.bias().offset());
    } else {
      conv.backwardBias(dDst, gradients, layer.bias().offset());
    }
  }
}
