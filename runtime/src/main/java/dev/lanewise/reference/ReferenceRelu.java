package dev.lanewise.reference;

/** max(0, x), whose derivative at 0 is 0. */
public final class ReferenceRelu {
  private ReferenceRelu() {}

  /** Returns max(0, src). */
  public static ReferenceTensor forward(ReferenceTensor src) {
    ReferenceTensor dst = ReferenceTensor.zeros(src.shape());
    for (int i = 0; i < src.data().length; i++) {
      dst.data()[i] = Math.max(0, src.data()[i]);
    }
    return dst;
  }

  /**
   * Returns the gradient of the input: dDst where src is positive.
   *
   * @param src what forward read, or what it returned
   * @param dDst gradient of forward's result
   */
  public static ReferenceTensor backward(ReferenceTensor src, ReferenceTensor dDst) {
    ReferenceTensor dSrc = ReferenceTensor.zeros(src.shape());
    for (int i = 0; i < src.data().length; i++) {
      dSrc.data()[i] = src.data()[i] > 0 ? dDst.data()[i] : 0;
    }
    return dSrc;
  }
}
