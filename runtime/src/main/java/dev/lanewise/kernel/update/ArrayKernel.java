package dev.lanewise.kernel.update;

import dev.lanewise.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic over arrays as long as the parameters. An element's result is the same in a vector and
 * in the tail.
 */
public final class ArrayKernel {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  /** Values that are added up in float before the sum goes on in double. */
  private static final int BLOCK = 1024;

  private ArrayKernel() {}

  /** Returns the sum of the squares of the values at the indices [from, to). */
  public static double sumOfSquares(float[] values, int from, int to) {
    double sum = 0;
    for (int start = from; start < to; start += BLOCK) {
      int stop = Math.min(start + BLOCK, to);
      FloatVector squares = FloatVector.zero(SPECIES);
      int i = start;
      for (int end = stop - Lanes.LANES; i <= end; i += Lanes.LANES) {
        FloatVector value = FloatVector.fromArray(SPECIES, values, i);
        squares = value.fma(value, squares);
      }
      // By hand: reduceLanes may add in another order once it is compiled.
      for (int lane = 0; lane < Lanes.LANES; lane++) {
        sum += squares.lane(lane);
      }
      for (; i < stop; i++) {
        sum += (double) values[i] * values[i];
      }
    }
    return sum;
  }

  /** Multiplies the values at the indices [from, to) by a factor. */
  public static void scale(float[] values, int from, int to, float factor) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector.fromArray(SPECIES, values, i).mul(factor).intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] *= factor;
    }
  }

  /** Adds {@code weight * (values - average)} to an average, at the indices [from, to). */
  public static void average(float[] values, float[] average, int from, int to, float weight) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector old = FloatVector.fromArray(SPECIES, average, i);
      FloatVector.fromArray(SPECIES, values, i)
          .sub(old)
          .fma(FloatVector.broadcast(SPECIES, weight), old)
          .intoArray(average, i);
    }
    for (; i < to; i++) {
      average[i] = Math.fma(values[i] - average[i], weight, average[i]);
    }
  }

  /** Adds values to a sum, at the indices [from, to). */
  public static void add(float[] values, float[] sum, int from, int to) {
    add(values, from, sum, from, to - from);
  }

  /** Adds values to a sum: {@code count} of them from one index, to those from another. */
  public static void add(float[] values, int valuesFrom, float[] sum, int sumFrom, int count) {
    int i = 0;
    for (int end = count - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector.fromArray(SPECIES, sum, sumFrom + i)
          .add(FloatVector.fromArray(SPECIES, values, valuesFrom + i))
          .intoArray(sum, sumFrom + i);
    }
    for (; i < count; i++) {
      sum[sumFrom + i] += values[valuesFrom + i];
    }
  }
}
