package dev.lanewise.layer;

import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.tensor.Arena;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The arrays that hold a network's parameters: the values that gradients train, and those that
 * layers keep themselves.
 */
public final class ParameterStore {
  private final List<Parameter> parameters = new ArrayList<>();
  private int valuesEnd = Arena.FIRST;
  private int stateEnd;
  private float[] values;
  private float[] state;
  private Runnable drawing;
  private volatile boolean drawn;
  private volatile long version;

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

  /** {@return all parameters in the order of the layers} */
  public List<Parameter> parameters() {
    return Collections.unmodifiableList(parameters);
  }

  /** {@return the trained values, from {@link Arena#FIRST} to {@link #end}} */
  public float[] values() {
    if (!drawn) {
      draw();
    }
    return values;
  }

  /**
   * Says how the first values are made: when they are first asked for, so that what only counts or
   * describes a network takes no memory for them. Values that are there already are made anew.
   *
   * @param drawing sets all parameters
   */
  public synchronized void drawBy(Runnable drawing) {
    this.drawing = drawing;
    if (drawn) {
      drawing.run();
    }
  }

  /** While the first values are being set, their setters come here, too. */
  private synchronized void draw() {
    if (values == null) {
      values = newArray();
      state = new float[stateEnd];
      if (drawing != null) {
        drawing.run();
      }
      drawn = true;
    }
  }

  /** {@return an array of zeros that is indexed as {@link #values}} */
  public float[] newArray() {
    return Arena.allocate(valuesEnd);
  }

  /** Returns the values that layers keep themselves. */
  float[] state() {
    if (!drawn) {
      draw();
    }
    return state;
  }

  /**
   * Runs passes and undoes what they did to the values that layers keep themselves.
   *
   * @param passes run once, before this returns
   */
  public void preservingState(Runnable passes) {
    float[] kept = state().clone();
    passes.run();
    System.arraycopy(kept, 0, state, 0, kept.length);
    changed();
  }

  /** {@return the index after the last trained value} */
  public int end() {
    return valuesEnd;
  }

  /**
   * {@return the ranges of the values that steps change: those of all layers that are not frozen,
   * neighbours that are trained alike together}
   *
   * @param rateFactor what the learning rate of a layer of this name is multiplied by
   * @throws IllegalArgumentException where a factor is not positive and finite
   */
  public List<ParameterRange> trainedRanges(ToDoubleFunction<String> rateFactor) {
    return trainedRanges(Arena.FIRST, valuesEnd, rateFactor, Parameter::isKernel);
  }

  /**
   * {@return the ranges of the values that steps change, of the layers whose values lie in [from,
   * to), neighbours together}
   *
   * @param from index of a layer's first value
   * @param to index after a layer's last value
   */
  public List<ParameterRange> trainedRanges(int from, int to) {
    return trainedRanges(from, to, layer -> 1, parameter -> true);
  }

  private List<ParameterRange> trainedRanges(
      int from, int to, ToDoubleFunction<String> rateFactor, Predicate<Parameter> decaying) {
    List<ParameterRange> ranges = new ArrayList<>();
    int end = to;
    for (Parameter parameter : parameters.reversed()) {
      if (!parameter.trainable() || parameter.offset() < from || parameter.offset() >= to) {
        continue;
      }
      if (!parameter.frozen()) {
        double factor = rateFactor.applyAsDouble(parameter.layer());
        ParameterRange next = ranges.isEmpty() ? null : ranges.getFirst();
        boolean decays = decaying.test(parameter);
        boolean alike =
            next != null
                && next.from() == end
                && next.rateFactor() == factor
                && next.decays() == decays;
        if (alike) {
          ranges.removeFirst();
        }
        ranges.addFirst(
            new ParameterRange(parameter.offset(), alike ? next.to() : end, factor, decays));
      }
      end = parameter.offset();
    }
    return List.copyOf(ranges);
  }

  /**
   * {@return where the values that steps change lie, without what pads them, whose gradients mean
   * nothing}
   */
  public List<ParameterRange> trainedValues() {
    List<ParameterRange> ranges = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (parameter.trainable() && !parameter.frozen()) {
        parameter.addRanges(ranges);
      }
    }
    return List.copyOf(ranges);
  }

  /** {@return a number that changes whenever values do} */
  public long version() {
    return version;
  }

  /** Says that values have changed. */
  public synchronized void changed() {
    version++;
  }
}
