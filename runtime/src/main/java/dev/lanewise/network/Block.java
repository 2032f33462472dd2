package dev.lanewise.network;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/**
 * A stretch of a network: the stem, a residual block or the head. Implementations are generated.
 *
 * <p>A plan gives the block its tensors for one batch size; the passes then run over them and
 * allocate nothing. The plans of a network's blocks walk in the order in which the passes run, so
 * that tensors share memory as soon as their lifetimes allow.
 */
public interface Block {
  /** Returns the shape of the output over an input of a shape. */
  Shape outputShape(Shape in);

  /** Plans {@link #forward}: acquires what it writes, and returns the output. */
  Tensor planForward(ArenaPlan arena, Tensor x);

  /** Training's forward pass. */
  void forward();

  /**
   * Returns what the maker of this block's output gradient does to it while writing it: the last
   * activation's mask and the sums of the normalisations before it. Null where there is nothing to
   * do. Valid after {@link #planForward}.
   */
  Epilogue outputGradient();

  /**
   * Plans {@link #backward}: acquires the input's gradient and returns it, and releases what {@link
   * #planForward} acquired, and dOut.
   *
   * @param dOut gradient of the output, as {@link #outputGradient} left it
   * @param below the {@link #outputGradient} of the block below; null for the first block, which
   *     makes no gradient of its input and returns null
   */
  Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below);

  /** The backward pass: gradients of the parameters, and of the input. */
  void backward();

  /** Folds the normalisations into the convolutions, for {@link #infer}. */
  void fold();

  /** Plans {@link #infer}: acquires what it writes, and returns the output; releases x. */
  Tensor planInference(ArenaPlan arena, Tensor x);

  /** Inference's forward pass, over folded parameters. */
  void infer();

  /**
   * Adds the block's layers to a description of the network.
   *
   * @param x name of the layer that makes the block's input
   * @return name of the layer that makes the block's output
   */
  String describe(GraphBuilder graph, String x);
}
