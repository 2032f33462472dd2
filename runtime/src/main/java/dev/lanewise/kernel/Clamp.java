package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/** min(ceiling, max(floor, z)): the identity, ReLU, or ReLU that ends at 6. */
final class Clamp extends Pointwise {
  static final Clamp NONE = new Clamp(Activation.NONE, Float.NEGATIVE_INFINITY, UNLIMITED);
  static final Clamp RELU = new Clamp(Activation.RELU, 0, UNLIMITED);
  static final Clamp RELU6 = new Clamp(Activation.RELU6, 0, 6);

  private Clamp(Activation activation, float floor, float ceiling) {
    super(activation, floor, ceiling);
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
