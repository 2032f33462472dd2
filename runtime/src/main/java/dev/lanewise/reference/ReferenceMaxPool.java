package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Max pooling. Padded places never win; of equal places the first in row-major order wins. */
public final class ReferenceMaxPool {
  private ReferenceMaxPool() {}

  /**
   * Returns the largest value of each window.
   *
   * @param src [N,IH,IW,C]
   * @param window size, strides and padding
   * @return [N,OH,OW,C]
   * @throws IllegalArgumentException where no window fits, or one lies wholly in the padding
   */
  public static ReferenceTensor forward(ReferenceTensor src, Window window) {
    Shape in = src.shape();
    ReferenceTensor dst = ReferenceTensor.zeros(Windows.outputShape(in, window, in.c()));
    Windows.forEachResult(
        dst.shape(),
        (n, oh, ow) -> {
          for (int c = 0; c < in.c(); c++) {
            dst.set(n, oh, ow, c, src.data()[winner(src, window, n, oh, ow, c)]);
          }
        });
    return dst;
  }

  /**
   * {@return the gradient of the input: each window's gradient goes to its winner}
   *
   * @param src what forward read
   * @param dDst [N,OH,OW,C]
   * @param window size, strides and padding
   */
  public static ReferenceTensor backward(ReferenceTensor src, ReferenceTensor dDst, Window window) {
    ReferenceTensor dSrc = ReferenceTensor.zeros(src.shape());
    Windows.forEachResult(
        dDst.shape(),
        (n, oh, ow) -> {
          for (int c = 0; c < src.shape().c(); c++) {
            dSrc.data()[winner(src, window, n, oh, ow, c)] += dDst.get(n, oh, ow, c);
          }
        });
    return dSrc;
  }

  /** Returns the index into src of a window's first largest value. */
  private static int winner(ReferenceTensor src, Window window, int n, int oh, int ow, int c) {
    int[] winner = {-1};
    Windows.forEachPlace(
        window,
        src.shape(),
        oh,
        ow,
        (kh, kw, ih, iw) -> {
          int at = src.index(n, ih, iw, c);
          if (winner[0] < 0 || src.data()[at] > src.data()[winner[0]]) {
            winner[0] = at;
          }
        });
    if (winner[0] < 0) {
      throw new IllegalArgumentException(
          "the pooling window of output " + oh + "," + ow + " lies wholly in the padding");
    }
    return winner[0];
  }
}
