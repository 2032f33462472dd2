package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.Operand;

/** One way of computing the gradient of a convolution's weights for one shape. */
public interface WeightProduct {
  /**
   * Runs the product.
   *
   * @param src what forward read
   * @param dDst gradient of forward's result
   * @param dWeights packed, from index dWeightsAt on, overwritten
   */
  void run(Operand src, Operand dDst, float[] dWeights, int dWeightsAt);
}
