package dev.lanewise.reference;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** Where the windows of convolutions and poolings stand in their input. */
final class Windows {
  private Windows() {}

  /**
   * Returns the shape [N,OH,OW,channels] of a window's results over an input.
   *
   * @throws IllegalArgumentException where no window fits
   */
  static Shape outputShape(Shape in, Window window, int channels) {
    int oh = window.outH(in.h());
    int ow = window.outW(in.w());
    if (oh < 1 || ow < 1) {
      throw new IllegalArgumentException(
          "no " + window.kh() + "x" + window.kw() + " window fits into an input of shape " + in);
    }
    return new Shape(in.n(), oh, ow, channels);
  }

  /** Does something at a place of the input that a window covers. */
  @FunctionalInterface
  interface Place {
    /**
     * Visits one place.
     *
     * @param kh row within the window
     * @param kw column within the window
     * @param ih row of the input
     * @param iw column of the input
     */
    void visit(int kh, int kw, int ih, int iw);
  }

  /** Visits, in row-major order, the places of a window that lie inside the input. */
  static void forEachPlace(Window window, Shape in, int oh, int ow, Place place) {
    for (int kh = 0; kh < window.kh(); kh++) {
      int ih = oh * window.sh() + kh * window.dh() - window.padTop(in.h());
      if (ih < 0 || ih >= in.h()) {
        continue;
      }
      for (int kw = 0; kw < window.kw(); kw++) {
        int iw = ow * window.sw() + kw * window.dw() - window.padLeft(in.w());
        if (iw >= 0 && iw < in.w()) {
          place.visit(kh, kw, ih, iw);
        }
      }
    }
  }

  /** Does something for a result. */
  @FunctionalInterface
  interface Result {
    /**
     * Visits one result.
     *
     * @param n image
     * @param oh row of the output
     * @param ow column of the output
     */
    void visit(int n, int oh, int ow);
  }

  /** Visits every pixel of an output. */
  static void forEachResult(Shape out, Result result) {
    for (int n = 0; n < out.n(); n++) {
      for (int oh = 0; oh < out.h(); oh++) {
        for (int ow = 0; ow < out.w(); ow++) {
          result.visit(n, oh, ow);
        }
      }
    }
  }
}
