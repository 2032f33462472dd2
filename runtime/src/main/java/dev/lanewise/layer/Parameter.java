package dev.lanewise.layer;

/**
 * One array of a layer: trained by gradients (kernel, bias, gamma, beta) or kept by the layer
 * itself (moving mean, moving variance). Its values lie in the network's arrays in a layout of the
 * kernels' choice; this class speaks Keras's: kernels [KH,KW,IC,OC] or [in,out], row-major.
 */
public final class Parameter {
  Parameter() {}

  /** Returns the layer's name: {@code "res2a_branch2a"}. */
  public String layer() {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the name within the layer, as Keras has it: kernel, bias, gamma, beta, moving_mean...
   */
  public String name() {
    throw new UnsupportedOperationException();
  }

  /** Returns the shape in Keras's layout. */
  public int[] shape() {
    throw new UnsupportedOperationException();
  }

  /** Returns the number of values. */
  public int size() {
    throw new UnsupportedOperationException();
  }

  /** Returns whether gradients train it. */
  public boolean trainable() {
    throw new UnsupportedOperationException();
  }

  /** Returns a copy of the values in Keras's layout. */
  public float[] values() {
    throw new UnsupportedOperationException();
  }

  /**
   * Overwrites the values.
   *
   * @param values in Keras's layout
   * @throws IllegalArgumentException where their number is not {@link #size}
   */
  public void setValues(float[] values) {
    throw new UnsupportedOperationException();
  }

  /** Returns a copy of the gradient of the last step, in Keras's layout. */
  public float[] gradient() {
    throw new UnsupportedOperationException();
  }

  /** Returns, in Keras's layout, this parameter's part of an optimiser's slot array. */
  public float[] slotValues(float[] slot) {
    throw new UnsupportedOperationException();
  }

  /** Overwrites this parameter's part of an optimiser's slot array from Keras's layout. */
  public void setSlotValues(float[] slot, float[] values) {
    throw new UnsupportedOperationException();
  }
}
