package dev.lanewise.reference;

/** The sum of two tensors of one shape: a residual join. The gradient of either is the sum's. */
public final class ReferenceAdd {
  private ReferenceAdd() {}

  /**
   * {@return a + b}
   *
   * @param a values of any shape
   * @param b values of a's shape
   * @throws IllegalArgumentException where the shapes differ
   */
  public static ReferenceTensor forward(ReferenceTensor a, ReferenceTensor b) {
    if (!a.shape().equals(b.shape())) {
      throw new IllegalArgumentException("cannot add " + b.shape() + " to " + a.shape());
    }
    ReferenceTensor dst = ReferenceTensor.zeros(a.shape());
    for (int i = 0; i < dst.data().length; i++) {
      dst.data()[i] = a.data()[i] + b.data()[i];
    }
    return dst;
  }

  /**
   * {@return a copy of dDst: the gradient of a, and of b}
   *
   * @param dDst gradient of the sum
   */
  public static ReferenceTensor backward(ReferenceTensor dDst) {
    return new ReferenceTensor(dDst.data().clone(), dDst.shape());
  }
}
