package dev.lanewise.layer;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.tensor.Arena;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The arrays that hold a network's parameters: the trained values and, with the same indices, their
 * gradients; and the values that layers keep themselves.
 */
public final class ParameterStore {
  private final List<Parameter> parameters = new ArrayList<>();
  private int valuesEnd = Arena.FIRST;
  private int stateEnd;
  private float[] values;

  /** Gradients or, in inference, folded values. */
  private float[] derived;

  private float[] state;
  private long version;
  private boolean folding;

  /** Starts without parameters. */
  public ParameterStore() {}

  /** Adds an array that gradients train, in a packed layout. */
  Parameter trainable(String layer, String name, int[] shape, PackedMatrix layout) {
    int at = valuesEnd;
    valuesEnd = Math.addExact(at, Arena.aligned(layout.size()));
    return add(new Parameter(this, layer, name, shape, layout, true, at));
  }

  /** Adds an array of one value per channel that gradients train. */
  Parameter trainable(String layer, String name, int channels) {
    int at = valuesEnd;
    valuesEnd = Math.addExact(at, Arena.aligned(channels));
    return add(new Parameter(this, layer, name, new int[] {channels}, null, true, at));
  }

  /** Adds an array of one value per channel that its layer keeps itself. */
  Parameter kept(String layer, String name, int channels) {
    int at = stateEnd;
    stateEnd = at + channels;
    return add(new Parameter(this, layer, name, new int[] {channels}, null, false, at));
  }

  private Parameter add(Parameter parameter) {
    if (values != null) {
      throw new IllegalStateException("the network's parameters are laid out already");
    }
    parameters.add(parameter);
    return parameter;
  }

  /** Returns all parameters in the order of the layers. */
  public List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /** Returns the trained values, from {@link Arena#FIRST} to {@link #end}. */
  public float[] values() {
    if (values == null) {
      values = Arena.allocate(valuesEnd);
    }
    return values;
  }

  /**
   * Returns the gradients, with the indices of the values.
   *
   * @throws IllegalStateException where inference has overwritten them
   */
  public float[] gradients() {
    if (folding) {
      throw new IllegalStateException(
          "inference has overwritten the gradients; they want another forward and backward pass");
    }
    return derived();
  }

  /**
   * Returns copies of the values into which normalisations are folded, with the same indices. They
   * lie where gradients do, since no one needs both at a time.
   */
  float[] folded() {
    return derived();
  }

  private float[] derived() {
    if (derived == null) {
      derived = Arena.allocate(valuesEnd);
    }
    return derived;
  }

  /** Lets folded values lie where the trained values do, which are lost when they are written. */
  public void foldInPlace() {
    derived = values();
  }

  /** Says whether folded values are to lie where gradients do, or gradients. */
  public void setFolding(boolean folding) {
    this.folding = folding;
  }

  /** Returns whether folded values lie where gradients do. */
  public boolean folding() {
    return folding;
  }

  /** Returns the values that layers keep themselves. */
  float[] state() {
    if (state == null) {
      state = new float[stateEnd];
    }
    return state;
  }

  /** Runs passes and undoes what they did to the values that layers keep themselves. */
  public void keepingState(Runnable passes) {
    float[] kept = state().clone();
    passes.run();
    System.arraycopy(kept, 0, state, 0, kept.length);
    changed();
  }

  /** Returns the index after the last trained value. */
  public int end() {
    return valuesEnd;
  }

  /**
   * Returns the stretches of the values that steps change: those of all layers that are not frozen,
   * neighbours of one learning rate together.
   *
   * @param rateFactor what the learning rate of a layer of this name is multiplied by
   */
  public List<ParameterRange> trainedRanges(ToDoubleFunction<String> rateFactor) {
    List<Parameter> trainable = parameters.stream().filter(Parameter::trainable).toList();
    List<ParameterRange> ranges = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      Parameter parameter = trainable.get(i);
      if (parameter.frozen()) {
        continue;
      }
      int from = parameter.offset();
      int to = i + 1 < trainable.size() ? trainable.get(i + 1).offset() : valuesEnd;
      double factor = rateFactor.applyAsDouble(parameter.layer());
      ParameterRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.to() == from && last.rateFactor() == factor) {
        ranges.set(ranges.size() - 1, new ParameterRange(last.from(), to, factor));
      } else {
        ranges.add(new ParameterRange(from, to, factor));
      }
    }
    return List.copyOf(ranges);
  }

  /** Returns a number that changes whenever values do. */
  public long version() {
    return version;
  }

  /** Says that values have changed. */
  public void changed() {
    version++;
  }
}
