package dev.lanewise.layer;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;

/** What convolutions and poolings share. */
final class Windows {
  private Windows() {}

  /**
   * Returns the shape of a window's output, with the input's channels.
   *
   * @throws IllegalArgumentException where no window fits, naming the layer
   */
  static Shape outputShape(String layer, Window window, Shape in) {
    int h = window.outH(in.h());
    int w = window.outW(in.w());
    if (h < 1 || w < 1) {
      throw new IllegalArgumentException(
          "layer "
              + layer
              + " has a window of "
              + window.kh()
              + "x"
              + window.kw()
              + ", but its input is only "
              + in.h()
              + "x"
              + in.w()
              + "; the input images are too small");
    }
    return new Shape(in.n(), h, w, in.c());
  }
}
