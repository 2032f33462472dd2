package dev.lanewise.layer;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import dev.lanewise.train.KernelInitializer;

/** Makes a network's layers and knows their parameters, in the order in which they were made. */
public final class Layers {
  Layers() {}

  /** Makes a convolution from ic to oc channels. */
  public Conv conv(
      String name, Window window, int ic, int oc, boolean bias, KernelInitializer initializer) {
    throw new UnsupportedOperationException();
  }

  /** Makes a batch normalisation. */
  public BatchNorm batchNorm(String name, int channels) {
    throw new UnsupportedOperationException();
  }

  /** Makes a max pooling. */
  public MaxPool maxPool(String name, Window window) {
    throw new UnsupportedOperationException();
  }

  /** Makes an average pooling. */
  public AveragePool averagePool(String name, Window window) {
    throw new UnsupportedOperationException();
  }

  /** Makes an average pooling over the whole map. */
  public AveragePool globalAveragePool(String name) {
    throw new UnsupportedOperationException();
  }

  /** Makes a dense layer over inputs of the given shape (of any batch size). */
  public Dense dense(String name, Shape in, int units, KernelInitializer initializer) {
    throw new UnsupportedOperationException();
  }
}
