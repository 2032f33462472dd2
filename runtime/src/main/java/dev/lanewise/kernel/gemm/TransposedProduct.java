package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Tensor;

/**
 * The gradient of a convolution's input by the direct method: a product with rearranged weights.
 */
public final class TransposedProduct implements ConvProduct {
  private final Scratch scratch;
  private final WeightTransposition transposition;
  private final Gemm gemm;

  public TransposedProduct(Scratch scratch, WeightTransposition transposition, Gemm gemm) {
    this.scratch = scratch;
    this.transposition = transposition;
    this.gemm = gemm;
  }

  @Override
  public void run(
      Operand src,
      float[] weights,
      int weightsAt,
      float[] bias,
      int biasAt,
      Tensor dst,
      Tensor addend,
      Epilogue epilogue) {
    float[] transposed = scratch.weights(transposition.size());
    transposition.run(weights, weightsAt, transposed, Arena.FIRST);
    gemm.run(src, transposed, Arena.FIRST, bias, biasAt, dst, addend, epilogue);
  }
}
