package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;

/** A dense layer over the flattened (H, W, C) values of each image; no activation. */
public final class Dense {
  Dense() {}

  /** Returns the layer's name. */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Returns [N,1,1,units]. */
  public Shape outputShape(Shape in) {
    throw new UnsupportedOperationException();
  }

  /** dst = flatten(src) * kernel + bias, in training and in inference. */
  public void forward(Tensor src, Tensor dst) {
    throw new UnsupportedOperationException();
  }

  /** Gradients of kernel and bias, overwritten. */
  public void backwardWeights(Tensor src, Tensor dDst) {
    throw new UnsupportedOperationException();
  }

  /** dSrc = epilogue(gradient of forward's input); epilogue may be null. */
  public void backwardData(Tensor dDst, Tensor dSrc, Epilogue epilogue) {
    throw new UnsupportedOperationException();
  }
}
