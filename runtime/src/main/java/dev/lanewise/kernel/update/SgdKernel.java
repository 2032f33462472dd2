package dev.lanewise.kernel.update;

import dev.lanewise.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of stochastic gradient descent, in Keras's form, over a range of parameters. An
 * element's result is the same in a vector and in the tail. {@code decay} is learning rate times
 * weight decay; all arrays are indexed alike.
 */
public final class SgdKernel {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private SgdKernel() {}

  /**
   * Changes values at the indices [from, to).
   *
   * <pre>
   * values -= decay * values
   * values -= rate * g
   * </pre>
   */
  public static void step(
      float[] values, float[] gradients, int from, int to, float rate, float decay) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradients, i);
      FloatVector value = FloatVector.fromArray(SPECIES, values, i);
      FloatVector kept = value.fma(FloatVector.broadcast(SPECIES, -decay), value);
      g.fma(FloatVector.broadcast(SPECIES, -rate), kept).intoArray(values, i);
    }
    for (; i < to; i++) {
      float kept = Math.fma(values[i], -decay, values[i]);
      values[i] = Math.fma(gradients[i], -rate, kept);
    }
  }

  /**
   * Changes values and velocity at the indices [from, to).
   *
   * <pre>
   * values -= decay * values
   * velocity = momentum * velocity - rate * g
   * values += velocity
   * </pre>
   */
  public static void stepWithMomentum(
      float[] values,
      float[] gradients,
      float[] velocity,
      int from,
      int to,
      float rate,
      float momentum,
      float decay) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector change = FloatVector.fromArray(SPECIES, gradients, i).mul(-rate);
      FloatVector old = FloatVector.fromArray(SPECIES, velocity, i);
      FloatVector value = FloatVector.fromArray(SPECIES, values, i);
      FloatVector kept = value.fma(FloatVector.broadcast(SPECIES, -decay), value);
      FloatVector moved = old.fma(FloatVector.broadcast(SPECIES, momentum), change);
      moved.intoArray(velocity, i);
      kept.add(moved).intoArray(values, i);
    }
    for (; i < to; i++) {
      float kept = Math.fma(values[i], -decay, values[i]);
      float moved = Math.fma(velocity[i], momentum, gradients[i] * -rate);
      velocity[i] = moved;
      values[i] = kept + moved;
    }
  }

  /**
   * As {@link #stepWithMomentum}, with Nesterov's look ahead.
   *
   * <pre>
   * values -= decay * values
   * velocity = momentum * velocity - rate * g
   * values += momentum * velocity - rate * g
   * </pre>
   */
  public static void stepWithNesterov(
      float[] values,
      float[] gradients,
      float[] velocity,
      int from,
      int to,
      float rate,
      float momentum,
      float decay) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector change = FloatVector.fromArray(SPECIES, gradients, i).mul(-rate);
      FloatVector old = FloatVector.fromArray(SPECIES, velocity, i);
      FloatVector value = FloatVector.fromArray(SPECIES, values, i);
      FloatVector kept = value.fma(FloatVector.broadcast(SPECIES, -decay), value);
      FloatVector moved = old.fma(FloatVector.broadcast(SPECIES, momentum), change);
      moved.intoArray(velocity, i);
      kept.add(moved.fma(FloatVector.broadcast(SPECIES, momentum), change)).intoArray(values, i);
    }
    for (; i < to; i++) {
      float kept = Math.fma(values[i], -decay, values[i]);
      float change = gradients[i] * -rate;
      float moved = Math.fma(velocity[i], momentum, change);
      velocity[i] = moved;
      values[i] = kept + Math.fma(moved, momentum, change);
    }
  }
}
