package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Average pooling over the places of each window that lie inside the input. */
public final class ReferenceAveragePool {
  private ReferenceAveragePool() {}

  /**
   * Returns the average of each window.
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
          int count = count(window, in, oh, ow);
          Windows.forEachPlace(
              window,
              in,
              oh,
              ow,
              (kh, kw, ih, iw) -> {
                for (int c = 0; c < in.c(); c++) {
                  dst.accumulate(n, oh, ow, c, src.get(n, ih, iw, c) / count);
                }
              });
        });
    return dst;
  }

  /**
   * Returns the gradient of the input: each window's gradient in equal shares.
   *
   * @param dDst [N,OH,OW,C]
   * @param window size, strides and padding
   * @param in shape [N,IH,IW,C] of forward's input
   * @return gradient of the input, [N,IH,IW,C]
   */
  public static ReferenceTensor backward(ReferenceTensor dDst, Window window, Shape in) {
    ReferenceTensor dSrc = ReferenceTensor.zeros(in);
    Windows.forEachResult(
        dDst.shape(),
        (n, oh, ow) -> {
          int count = count(window, in, oh, ow);
          Windows.forEachPlace(
              window,
              in,
              oh,
              ow,
              (kh, kw, ih, iw) -> {
                for (int c = 0; c < in.c(); c++) {
                  dSrc.accumulate(n, ih, iw, c, dDst.get(n, oh, ow, c) / count);
                }
              });
        });
    return dSrc;
  }

  /**
   * {@return the average of each whole map: [N,1,1,C]}
   *
   * @param src [N,H,W,C]
   */
  public static ReferenceTensor forwardGlobal(ReferenceTensor src) {
    return forward(src, whole(src.shape()));
  }

  /**
   * {@return the gradient of {@link #forwardGlobal}'s input}
   *
   * @param dDst [N,1,1,C]
   * @param in shape [N,H,W,C] of forwardGlobal's input
   */
  public static ReferenceTensor backwardGlobal(ReferenceTensor dDst, Shape in) {
    return backward(dDst, whole(in), in);
  }

  private static Window whole(Shape in) {
    return Window.valid(in.h(), in.w(), 1, 1);
  }

  private static int count(Window window, Shape in, int oh, int ow) {
    int[] count = {0};
    Windows.forEachPlace(window, in, oh, ow, (kh, kw, ih, iw) -> count[0]++);
    if (count[0] == 0) {
      throw new IllegalArgumentException(
          "the pooling window of output " + oh + "," + ow + " lies wholly in the padding");
    }
    return count[0];
  }
}
