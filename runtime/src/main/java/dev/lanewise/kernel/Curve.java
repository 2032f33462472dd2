package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/** A function without a floor, whose derivative needs what the function read. */
abstract sealed class Curve extends Pointwise
    permits Silu, Gelu, Sigmoid, Tanh, HardSigmoid, HardSwish {
  Curve(Activation activation) {
    super(activation, Float.NEGATIVE_INFINITY, UNLIMITED);
  }

  @Override
  public final boolean curved() {
    return true;
  }

  @Override
  public final void forward(float[] values, int at, int count) {
    run(values, at, null, 0, count);
  }

  @Override
  public final void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count) {
    run(z, zAt, gradients, gradientsAt, count);
  }

  /** Overwrites z by the function; or, where gradients are given, them by their product with f'. */
  abstract void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count);
}
