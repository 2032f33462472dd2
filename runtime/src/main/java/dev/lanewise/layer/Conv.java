package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/** A 2-D convolution (cross-correlation) with its kernel and bias. */
public final class Conv extends Layer {
  private final ConvKernel conv;
  private final ParameterStore store;
  private final Parameter kernel;
  private final Parameter bias;
  private final Epilogue plain = Epilogue.store();

  private float[] foldedBias;
  private final LastOperand inferred = new LastOperand();

  Conv(String name, ConvKernel conv, ParameterStore store, boolean biased) {
    super(name);
    Window window = conv.window();
    int ic = conv.inputChannels();
    int oc = conv.outputChannels();
    this.conv = conv;
    this.store = store;
    this.kernel =
        store.trainable(
            name, "kernel", new int[] {window.kh(), window.kw(), ic, oc}, conv.weights());
    this.bias = biased ? store.trainable(name, "bias", oc) : null;
  }

  /** Returns the window. */
  public Window window() {
    return conv.window();
  }

  /** Returns whether a bias is added. */
  public boolean biased() {
    return bias != null;
  }

  Parameter kernel() {
    return kernel;
  }

  /** Returns the number of values that gradients train. */
  public int size() {
    return kernel.size() + (bias == null ? 0 : bias.size());
  }

  /**
   * Returns the shape [N,OH,OW,OC] over an input [N,IH,IW,IC].
   *
   * @throws IllegalArgumentException where no window fits into the input, naming the layer
   */
  public Shape outputShape(Shape in) {
    return Windows.outputShape(name(), conv.window(), in).withC(conv.outputChannels());
  }

  /**
   * dst = conv(src) + bias, and what the epilogue adds up of it.
   *
   * @param src read as [N,IH,IW,IC]
   * @param dst [N,OH,OW,OC], overwritten
   * @param epilogue as {@link BatchNorm#statistics}
   */
  public void forward(Operand src, Tensor dst, Epilogue epilogue) {
    forward(src, dst, null, epilogue);
  }

  /** dst = conv(src) + bias. */
  public void forward(Operand src, Tensor dst) {
    forward(src, dst, null, plain);
  }

  /** dst = conv(src) + bias + addend, which has dst's shape and may be dst itself. */
  public void forward(Operand src, Tensor dst, Tensor addend) {
    forward(src, dst, addend, plain);
  }

  private void forward(Operand src, Tensor dst, Tensor addend, Epilogue epilogue) {
    float[] values = store.values();
    conv.forward(
        src,
        values,
        kernel.offset(),
        bias == null ? null : values,
        bias == null ? 0 : bias.offset(),
        dst,
        addend,
        epilogue);
  }

  /** dSrc = gradient of forward's input, unless no one reads it. */
  public void backwardData(Operand dDst, Tensor dSrc) {
    backwardData(dDst, dSrc, null, null);
  }

  /** dSrc = epilogue(gradient of forward's input), unless no one reads it. */
  public void backwardData(Operand dDst, Tensor dSrc, Epilogue epilogue) {
    backwardData(dDst, dSrc, null, epilogue);
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend), unless no one reads it.
   *
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param addend [N,IH,IW,IC]; may be dSrc itself; null for none
   * @param epilogue what the layer below wants; null to store the sum as it is
   */
  public void backwardData(Operand dDst, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    if (inputTrained()) {
      conv.backwardData(dDst, store.values(), kernel.offset(), dSrc, addend, epilogue);
    }
  }

  /**
   * Gradients of kernel and bias, overwritten unless the layer is frozen. Comes after the {@link
   * BatchNorm#finishGradients} of the normalisation that follows.
   *
   * @param src what forward read, [N,IH,IW,IC]
   * @param dDst gradient of forward's result, [N,OH,OW,OC]
   */
  public void backwardWeights(Operand src, Operand dDst) {
    if (frozen()) {
      return;
    }
    float[] gradients = store.gradients();
    conv.backwardWeights(src, dDst, gradients, kernel.offset());
    if (bias != null) {
      conv.backwardBias(dDst, gradients, bias.offset());
    }
  }

  /** Folds the normalisation that follows into a copy of kernel and bias, for {@link #infer}. */
  public void fold(BatchNorm bn) {
    bn.useMovingStatistics();
    foldedBias = biasOrZeros();
    conv.fold(bn.norm(), store.values(), store.folded(), kernel.offset(), foldedBias);
  }

  /** Copies kernel and bias for {@link #infer}, where no normalisation follows. */
  public void fold() {
    foldedBias = biasOrZeros();
    conv.copy(store.values(), store.folded(), kernel.offset());
  }

  private float[] biasOrZeros() {
    float[] values = new float[conv.outputChannels()];
    if (bias != null) {
      System.arraycopy(store.values(), bias.offset(), values, 0, values.length);
    }
    return values;
  }

  /** Chooses whether {@link #infer} keeps what it makes of the weights. */
  void keepTransformedWeights(boolean keep) {
    conv.keepTransformedWeights(keep);
  }

  /** dst = activation(folded conv(src)). */
  public void infer(Tensor src, Tensor dst, Activation activation) {
    infer(src, dst, null, activation);
  }

  /** dst = activation(folded conv(src) + addend); addend is null for none. */
  public void infer(Tensor src, Tensor dst, Tensor addend, Activation activation) {
    infer(inferred.of(src), dst, addend, activation);
  }

  /** dst = activation(folded conv(src)), where src may be read activated. */
  public void infer(Operand src, Tensor dst, Activation activation) {
    infer(src, dst, null, activation);
  }

  /** dst = activation(folded conv(src) + addend), where src may be read activated. */
  public void infer(Operand src, Tensor dst, Tensor addend, Activation activation) {
    conv.infer(
        src,
        store.folded(),
        kernel.offset(),
        foldedBias,
        0,
        dst,
        addend,
        activation == Activation.RELU);
  }
}
