package dev.lanewise.network;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Tensor;

/**
 * A block in a training pass. Implementations are generated.
 *
 * <p>A plan gives it its tensors for one batch size; the passes then run over them and allocate
 * nothing. The plans of a network's blocks walk in the order in which the passes run, so that
 * tensors share memory as soon as their lifetimes allow.
 */
public interface BlockTraining {
  /**
   * Plans {@link #forward}: acquires what it writes.
   *
   * @param arena gives tensors their places
   * @param x the block's input
   * @return the block's output
   */
  Tensor planForward(ArenaPlan arena, Tensor x);

  /** The forward pass. */
  void forward();

  /**
   * {@return what the maker of this block's output gradient does to it while writing it: the last
   * activation's mask and the sums of the normalisations before it; null where there is nothing to
   * do} Valid after {@link #planForward}.
   */
  Epilogue outputGradient();

  /**
   * Plans {@link #backward}: acquires the input's gradient and releases what {@link #planForward}
   * acquired, and dOut.
   *
   * @param arena gives tensors their places
   * @param dOut gradient of the output, as {@link #outputGradient} left it
   * @param below the {@link #outputGradient} of the block below; null for the first block, which
   *     makes no gradient of its input
   * @return the input's gradient; null from the first block
   */
  Tensor planBackward(ArenaPlan arena, Tensor dOut, Epilogue below);

  /** The backward pass: gradients of the parameters, and of the input. */
  void backward();
}
