package dev.lanewise.network;

import dev.lanewise.train.ParameterRange;
import java.util.List;

/** The gradients of one block's parameters, as a {@link GradientListener} sees them. */
public final class BlockGradients {
  private final int index;
  private final String name;
  private final List<ParameterRange> ranges;
  private float[] values;

  BlockGradients(int index, String name, List<ParameterRange> ranges) {
    this.index = index;
    this.name = name;
    this.ranges = List.copyOf(ranges);
  }

  void setValues(float[] values) {
    this.values = values;
  }

  /** {@return the block's number, from 0 for the stem} */
  public int index() {
    return index;
  }

  /** {@return the block's name: {@code "stem"}, {@code "2a"}, {@code "head"}} */
  public String name() {
    return name;
  }

  /**
   * {@return the array of all gradients, which may be changed within {@link #ranges}} It is indexed
   * as the network's parameters.
   */
  public float[] values() {
    return values;
  }

  /**
   * {@return where in {@link #values} the gradients of this block lie, in ascending order; none of
   * frozen layers, so an empty list where the whole block is frozen}
   */
  public List<ParameterRange> ranges() {
    return ranges;
  }
}
