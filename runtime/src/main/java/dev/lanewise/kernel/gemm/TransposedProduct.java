package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Tensor;

/**
 * The gradient of a convolution's input by the direct method: a product with rearranged weights.
 */
public final class TransposedProduct implements ConvProduct {
  private final Scratch scratch;
  private final WeightTransposition transposition;
  private final Gemm gemm;

  private Weights transposed;

  public TransposedProduct(Scratch scratch, WeightTransposition transposition, Gemm gemm) {
    this.scratch = scratch;
    this.transposition = transposition;
    this.gemm = gemm;
  }

  @Override
  public void run(Operand src, Weights weights, Tensor dst, Tensor addend, Epilogue epilogue) {
    float[] values = scratch.weights(transposition.size());
    if (transposed == null || transposed.values() != values) {
      transposed = new Weights(values, Arena.FIRST);
    }
    transposition.run(weights.values(), weights.at(), values, Arena.FIRST);
    gemm.run(src, transposed, dst, addend, epilogue);
  }
}
