package dev.lanewise.kernel.conv;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.norm.NormState;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/**
 * A 2-D convolution (cross-correlation) as matrix products. The products are planned when a shape
 * is first seen, and kept until another comes.
 */
public final class ConvKernel {
  private final Scratch scratch;
  private final Window window;
  private final int ic;
  private final int oc;
  private final PackedMatrix weights;
  private final StoreEpilogue store = new StoreEpilogue(null);
  private final BiasGradient biasGradient;

  private final FixedFilter fixed;

  private ConvPlan plan;
  private NormState follower;

  /**
   * Creates a convolution from ic to oc channels. Its weights are the packed matrix [KH*KW*IC, OC]
   * of the row-major kernel [KH,KW,IC,OC].
   */
  public ConvKernel(Scratch scratch, Window window, int ic, int oc) {
    this.scratch = scratch;
    this.window = window;
    this.ic = ic;
    this.oc = oc;
    this.biasGradient = new BiasGradient(scratch, oc);
    this.weights = new PackedMatrix(Math.multiplyExact(window.kh() * window.kw(), ic), oc);
    this.fixed = new FixedFilter(scratch, weights);
  }

  /** Returns the layout of weights and of their gradient. */
  public PackedMatrix weights() {
    return weights;
  }

  /** Returns the window. */
  public Window window() {
    return window;
  }

  /** Returns the number of input channels. */
  public int inputChannels() {
    return ic;
  }

  /** Returns the number of output channels. */
  public int outputChannels() {
    return oc;
  }

  /**
   * dst = epilogue(conv(src) + addend).
   *
   * @param src read as [N,IH,IW,IC]
   * @param w packed weights from index wAt on
   * @param bias OC values from index biasAt on; null for none
   * @param dst [N,OH,OW,OC], overwritten
   * @param addend [N,OH,OW,OC]; null for none
   */
  public void forward(
      Operand src,
      float[] w,
      int wAt,
      float[] bias,
      int biasAt,
      Tensor dst,
      Tensor addend,
      Epilogue epilogue) {
    follower = epilogue.follower();
    plan(src.tensor().shape()).forward().run(src, w, wAt, bias, biasAt, dst, addend, epilogue);
  }

  /** dst = activation(conv(src) + bias + addend), as {@link #forward} where relu is false. */
  public void infer(
      Operand src,
      float[] w,
      int wAt,
      float[] bias,
      int biasAt,
      Tensor dst,
      Tensor addend,
      boolean relu) {
    store.setRelu(relu);
    plan(src.tensor().shape()).inference().run(src, w, wAt, bias, biasAt, dst, addend, store);
  }

  /**
   * Folds a normalisation into weights and bias: bn(conv(x) + b) = foldedConv(x) + foldedBias.
   *
   * @param w packed weights; both arrays hold them from index wAt on
   * @param bias OC values, overwritten by the folded ones
   */
  public void fold(NormState norm, float[] w, float[] foldedW, int wAt, float[] bias) {
    fixed.renew();
    weights.scaleColumns(w, norm.scale, foldedW, wAt);
    for (int c = 0; c < oc; c++) {
      bias[c] = Math.fma(bias[c], norm.scale[c], norm.shift[c]);
    }
  }

  /** Copies packed weights, from index wAt on, to the same place of the array of folded ones. */
  public void copy(float[] w, float[] foldedW, int wAt) {
    fixed.renew();
    System.arraycopy(w, wAt, foldedW, wAt, weights.size());
  }

  /**
   * Chooses whether {@link #infer} keeps what it makes of the weights for the next call, or makes
   * it for each call, in less memory. The results are the same.
   */
  public void keepTransformedWeights(boolean keep) {
    fixed.keep(keep);
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend).
   *
   * @param dDst gradient of forward's result, read as [N,OH,OW,OC]
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param addend [N,IH,IW,IC], may be dSrc; null for none
   * @param epilogue null to store the sum as it is
   */
  public void backwardData(
      Operand dDst, float[] w, int wAt, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    Epilogue end = epilogue;
    if (end == null) {
      store.setRelu(false);
      end = store;
    }
    plan(dSrc.shape()).backward().run(dDst, w, wAt, null, 0, dSrc, addend, end);
  }

  /**
   * dW = gradient of the weights.
   *
   * @param src what forward read
   * @param dDst gradient of forward's result, read as [N,OH,OW,OC]
   * @param dW packed, from index dWAt on, overwritten
   */
  public void backwardWeights(Operand src, Operand dDst, float[] dW, int dWAt) {
    plan(src.tensor().shape()).weightGradient().run(src, dDst, dW, dWAt);
  }

  /**
   * Writes the gradient of the bias: the sum of dDst over all pixels. Where forward's result was
   * normalised, the normalisation knows it.
   */
  public void backwardBias(Operand dDst, float[] dBias, int at) {
    if (follower != null) {
      follower.biasGradient(dBias, at);
      return;
    }
    biasGradient.run(dDst, dBias, at);
  }

  private ConvPlan plan(Shape src) {
    if (plan == null || !plan.src().equals(src)) {
      plan = new ConvPlan(scratch, window, weights, fixed, src, oc);
    }
    return plan;
  }
}
