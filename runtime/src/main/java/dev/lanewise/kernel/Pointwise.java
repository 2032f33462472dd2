package dev.lanewise.kernel;

import dev.lanewise.spec.Activation;

/**
 * An activation as kernels compute it: a function of each value by itself, and its derivative.
 *
 * <p>It is a floor, a ceiling and, for some, a curve between them: f(z) = curve(min(ceiling,
 * max(floor, z))). The kernels that form z clamp it in the same breath, and pass gradients on where
 * z lies between. So NONE, RELU (floor 0) and RELU6 (ceiling 6) cost no pass of their own. A curve
 * takes a second one over the row that was just written and lies in cache.
 *
 * <p>{@link PointwiseFunctions} has that of each activation.
 */
public abstract sealed class Pointwise permits Clamp, LeakyRelu, Curve {
  /** The ceiling of what has none: infinity itself stays what it is. */
  static final float UNLIMITED = Float.POSITIVE_INFINITY;

  private final Activation activation;
  private final float floor;
  private final float ceiling;

  Pointwise(Activation activation, float floor, float ceiling) {
    this.activation = activation;
    this.floor = floor;
    this.ceiling = ceiling;
  }

  /** {@return what lower values are raised to, and what z must exceed for a gradient to pass} */
  public final float floor() {
    return floor;
  }

  /**
   * {@return what higher values are lowered to, and what z must not reach for a gradient to pass}
   */
  public final float ceiling() {
    return ceiling;
  }

  /** {@return whether z may lie above the ceiling, so that kernels have to look} */
  public final boolean capped() {
    return ceiling != UNLIMITED;
  }

  /**
   * {@return min(ceiling, max(floor, z)); NaN stays NaN}
   *
   * @param z what the function reads
   */
  public final float clamp(float z) {
    return z <= floor ? floor : z >= ceiling ? ceiling : z;
  }

  /**
   * {@return whether a gradient passes, but for the curve}
   *
   * @param z what the function read, or its result where that tells the derivative
   */
  public final boolean passes(float z) {
    return z > floor && (z < ceiling || !capped());
  }

  /** {@return whether there is more to the function than floor and ceiling} */
  public abstract boolean curved();

  /** {@return whether {@link #backward} may read results; see {@link Activation}} */
  public final boolean resultTellsDerivative() {
    return activation.resultTellsDerivative();
  }

  /**
   * Applies the curve to values between floor and ceiling.
   *
   * @param values overwritten from index at on
   * @param at index of the first value
   * @param count number of values
   */
  public abstract void forward(float[] values, int at, int count);

  /**
   * Multiplies gradients by the curve's derivative; that they pass between floor and ceiling only
   * is left to the caller.
   *
   * @param gradients gradients of the results, from index gradientsAt on; overwritten
   * @param gradientsAt index of the first gradient
   * @param z what the function read, or its results where they tell the derivative
   * @param zAt index of the first value in z
   * @param count number of values
   */
  public abstract void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count);
}
