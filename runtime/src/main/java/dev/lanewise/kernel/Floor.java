package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/** max(floor, z): the identity, or ReLU. */
final class Floor extends Pointwise {
  static final Floor NONE = new Floor(Activation.NONE, Float.NEGATIVE_INFINITY);
  static final Floor ZERO = new Floor(Activation.RELU, 0);

  private Floor(Activation activation, float floor) {
    super(activation, floor);
  }

  @Override
  public boolean curved() {
    return false;
  }

  @Override
  public void forward(float[] values, int at, int count) {}

  @Override
  public void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count) {}
}
