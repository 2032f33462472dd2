package dev.lanewise.network;

import dev.lanewise.tensor.ArenaPlan;
import dev.lanewise.tensor.Tensor;

/** A block in an inference pass, over folded weights. Implementations are generated. */
public interface BlockInference {
  /**
   * Plans {@link #infer}: acquires what it writes, and releases x.
   *
   * @param arena gives tensors their places
   * @param x the block's input
   * @return the block's output
   */
  Tensor planInference(ArenaPlan arena, Tensor x);

  /** The forward pass. */
  void infer();
}
