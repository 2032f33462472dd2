package dev.lanewise.layer;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.train.ParameterRange;
import java.util.List;

/**
 * One array of a layer: trained by gradients (kernel, bias, gamma, beta) or kept by the layer
 * itself (moving mean, moving variance). Its values lie in the network's arrays in a layout of the
 * kernels' choice; this class speaks Keras's: kernels [KH,KW,IC,OC] or [in,out], row-major.
 */
public final class Parameter {
  private final ParameterStore store;
  private final String layer;
  private final String name;
  private final int[] shape;
  private final PackedMatrix layout;
  private final boolean trainable;
  private final int offset;
  private boolean frozen;

  Parameter(
      ParameterStore store,
      String layer,
      String name,
      int[] shape,
      PackedMatrix layout,
      boolean trainable,
      int offset) {
    this.store = store;
    this.layer = layer;
    this.name = name;
    this.shape = shape;
    this.layout = layout;
    this.trainable = trainable;
    this.offset = offset;
  }

  /** {@return the layer's name: {@code "res2a_branch2a"}} */
  public String layer() {
    return layer;
  }

  /**
   * {@return the name within the layer, as Keras has it: kernel, bias, gamma, beta, moving_mean or
   * moving_variance}
   */
  public String name() {
    return name;
  }

  /** {@return the shape in Keras's layout} */
  public int[] shape() {
    return shape.clone();
  }

  /** {@return the number of values} */
  public int size() {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    return size;
  }

  /** {@return whether gradients train it, where its layer is not frozen} */
  public boolean trainable() {
    return trainable;
  }

  /** Returns whether it is a kernel: a matrix, and not one value per channel. */
  boolean isKernel() {
    return layout != null;
  }

  /** {@return whether its layer is frozen: then nothing changes it in training} */
  public boolean frozen() {
    return frozen;
  }

  void setFrozen(boolean frozen) {
    this.frozen = frozen;
  }

  /** {@return a copy of the values in Keras's layout} */
  public float[] values() {
    return read(array());
  }

  /**
   * Overwrites the values.
   *
   * @param values in Keras's layout
   * @throws IllegalArgumentException where their number is not {@link #size}
   */
  public void setValues(float[] values) {
    write(values, array());
    store.changed();
  }

  /**
   * Returns this parameter's part of an array that is indexed as the trained parameters are:
   * gradients, or an optimiser's state.
   *
   * @param array as {@link ParameterStore#newArray} returns it
   * @return a copy in Keras's layout
   * @throws IllegalStateException where gradients do not train this parameter
   */
  public float[] valuesIn(float[] array) {
    requireTrainable();
    return read(array);
  }

  /**
   * Overwrites this parameter's part of an array that is indexed as the trained parameters are.
   *
   * @param array as {@link ParameterStore#newArray} returns it
   * @param values in Keras's layout
   * @throws IllegalArgumentException where their number is not {@link #size}
   * @throws IllegalStateException where gradients do not train this parameter
   */
  public void setValuesIn(float[] array, float[] values) {
    requireTrainable();
    write(values, array);
  }

  /** Returns the index of the first value in the network's arrays. */
  int offset() {
    return offset;
  }

  /** Adds where the values lie, without what pads them. */
  void addRanges(List<ParameterRange> ranges) {
    if (layout == null) {
      ranges.add(ParameterRange.of(offset, offset + shape[0]));
    } else {
      layout.forEachRun(offset, (from, to) -> ranges.add(ParameterRange.of(from, to)));
    }
  }

  private float[] array() {
    return trainable ? store.values() : store.state();
  }

  private void requireTrainable() {
    if (!trainable) {
      throw new IllegalStateException(layer + "/" + name + " is not trained by gradients");
    }
  }

  float[] read(float[] array) {
    return layout == null
        ? java.util.Arrays.copyOfRange(array, offset, offset + shape[0])
        : layout.unpack(array, offset);
  }

  void write(float[] values, float[] array) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          layer + "/" + name + " requires " + size() + " values, got " + values.length);
    }
    if (layout == null) {
      System.arraycopy(values, 0, array, offset, values.length);
    } else {
      layout.pack(values, array, offset);
    }
  }
}
