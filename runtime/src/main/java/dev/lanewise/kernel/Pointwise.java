package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/**
 * An activation as kernels compute it: a function of each value by itself, and its derivative.
 *
 * <p>It is a floor and, for some, a curve above it: f(z) = curve(max(floor, z)). The kernels that
 * form z raise it to the floor in the same breath, and pass gradients on where z is above it. So
 * NONE (floor -infinity) and RELU (floor 0) cost no pass of their own. A curve takes a second one
 * over the row that was just written and lies in cache.
 *
 * <p>{@link PointwiseFunctions} has that of each activation.
 */
public abstract sealed class Pointwise permits Floor, LeakyRelu, Relu6, Curve {
  private final Activation activation;
  private final float floor;

  Pointwise(Activation activation, float floor) {
    this.activation = activation;
    this.floor = floor;
  }

  /** {@return what lower values are raised to, and what z must exceed for a gradient to pass} */
  public final float floor() {
    return floor;
  }

  /** {@return whether there is more to the function than its floor} */
  public abstract boolean curved();

  /** {@return whether {@link #backward} may read results; see {@link Activation}} */
  public final boolean resultTellsDerivative() {
    return activation.resultTellsDerivative();
  }

  /**
   * Applies the curve to values that are not below the floor.
   *
   * @param values overwritten from index at on
   * @param at index of the first value
   * @param count number of values
   */
  public abstract void forward(float[] values, int at, int count);

  /**
   * Multiplies gradients by the curve's derivative; that they pass above the floor only is left to
   * the caller.
   *
   * @param gradients gradients of the results, from index gradientsAt on; overwritten
   * @param gradientsAt index of the first gradient
   * @param z what the function read, or its results where they tell the derivative
   * @param zAt index of the first value in z
   * @param count number of values
   */
  public abstract void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count);
}
