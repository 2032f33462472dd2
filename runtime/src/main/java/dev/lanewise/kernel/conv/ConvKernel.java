package dev.lanewise.kernel.conv;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;

/**
 * A 2-D convolution (cross-correlation) as matrix products, or in groups. The products are planned
 * when a shape is first seen, and kept until another comes.
 */
public final class ConvKernel {
  private final Scratch scratch;
  private final Window window;
  private final Groups groups;
  private final PackedMatrix weights;
  private final Epilogue store = Epilogue.store();
  private final BiasGradient biasGradient;

  private final FixedFilter fixed;

  private ConvPlan plan;

  /**
   * Creates a convolution from ic to oc channels.
   *
   * @param scratch memory that it works with
   * @param window the window
   * @param ic channels of the input
   * @param oc channels of the output
   */
  public ConvKernel(Scratch scratch, Window window, int ic, int oc) {
    this(scratch, window, Groups.of(1, ic, oc), new FixedFilter());
  }

  /**
   * Creates a convolution in groups.
   *
   * @param scratch memory that it works with
   * @param window the window
   * @param groups how input and output fall into groups
   */
  public ConvKernel(Scratch scratch, Window window, Groups groups) {
    this(scratch, window, groups, new FixedFilter());
  }

  /**
   * Creates a convolution in groups.
   *
   * @param scratch memory that it works with
   * @param window the window
   * @param groups how input and output fall into groups
   * @param fixed keeps what {@link #infer} makes of weights; kernels of one convolution share it
   */
  public ConvKernel(Scratch scratch, Window window, Groups groups, FixedFilter fixed) {
    this.scratch = scratch;
    this.window = window;
    this.groups = groups;
    this.biasGradient = new BiasGradient(scratch, groups.outputs());
    this.weights = layout(window, groups);
    this.fixed = fixed;
  }

  /**
   * Returns the layout of the weights: the packed matrix [KH*KW*IC, OC] of the row-major kernel
   * [KH,KW,IC,OC], where IC are the input channels of a group.
   *
   * @param window the window
   * @param groups how input and output fall into groups
   */
  public static PackedMatrix layout(Window window, Groups groups) {
    int rows = Math.multiplyExact(window.kh() * window.kw(), groups.in());
    return new PackedMatrix(rows, groups.outputs());
  }

  /** Returns the layout of weights and of their gradient. */
  public PackedMatrix weights() {
    return weights;
  }

  /** Returns size, stride and padding of the window that slides over the input. */
  public Window window() {
    return window;
  }

  /** Returns the number of input channels. */
  public int inputChannels() {
    return groups.inputs();
  }

  /** Returns the number of output channels. */
  public int outputChannels() {
    return groups.outputs();
  }

  /**
   * dst = epilogue(conv(src) + addend).
   *
   * @param src read as [N,IH,IW,IC]
   * @param w packed weights, and the bias that the epilogue adds
   * @param dst [N,OH,OW,OC], overwritten
   * @param addend [N,OH,OW,OC]; null for none
   */
  public void forward(Operand src, Weights w, Tensor dst, Tensor addend, Epilogue epilogue) {
    plan(src.tensor().shape()).forward().run(src, w, dst, addend, epilogue);
  }

  /** As {@link #forward} by weights that do not change, of which the transformed ones are kept. */
  public void infer(Operand src, Weights w, Tensor dst, Tensor addend, Epilogue epilogue) {
    plan(src.tensor().shape()).inference().run(src, w, dst, addend, epilogue);
  }

  /**
   * dSrc = epilogue(gradient of forward's input + addend).
   *
   * @param dDst gradient of forward's result, read as [N,OH,OW,OC]
   * @param w what forward read
   * @param dSrc [N,IH,IW,IC], overwritten
   * @param addend [N,IH,IW,IC], may be dSrc; null for none
   * @param epilogue null to store the sum as it is
   */
  public void backwardData(Operand dDst, Weights w, Tensor dSrc, Tensor addend, Epilogue epilogue) {
    Epilogue end = epilogue == null ? store : epilogue;
    plan(dSrc.shape()).backward().run(dDst, w.withoutBias(), dSrc, addend, end);
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
   * normalised, the normalisation knows it without a sum.
   *
   * @param dDst gradient of forward's result, read as [N,OH,OW,OC]
   * @param dBias receives OC values, from index at on
   */
  public void backwardBias(Operand dDst, float[] dBias, int at) {
    biasGradient.run(dDst, dBias, at);
  }

  private ConvPlan plan(Shape src) {
    if (plan == null || !plan.src().equals(src)) {
      plan = new ConvPlan(scratch, window, groups, weights, fixed, src);
    }
    return plan;
  }
}
