package dev.lanewise.kernel.gemm;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Weights;
import dev.lanewise.tensor.Tensor;

/** One way of computing dst = epilogue(conv(src) + addend) for one shape. */
public interface ConvProduct {
  /**
   * Runs the product.
   *
   * @param src left operand
   * @param weights right operand in the layout that the product was planned for, and a bias that is
   *     passed to the epilogue
   * @param addend added to the product; null for none; may be dst
   */
  void run(Operand src, Weights weights, Tensor dst, Tensor addend, Epilogue epilogue);
}
