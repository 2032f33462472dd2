package dev.lanewise.kernel.update;

import dev.lanewise.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One step of Adam (Kingma and Ba 2015, in Keras's form) over a range of parameters: values,
 * gradients and both moments are read once and written once.
 */
public final class AdamKernel {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;

  private AdamKernel() {}

  /**
   * Changes values, m and v at the indices [from, to), all arrays being indexed alike:
   *
   * <pre>
   * values -= decay * values
   * m += (1 - beta1) * (g - m)
   * v += (1 - beta2) * (g * g - v)
   * values -= rate * m / (sqrt(v) + epsilon)
   * </pre>
   *
   * <p>An element's result is the same in a vector and in the tail.
   *
   * @param rate learning rate, corrected for the moments' bias
   * @param decay learning rate times weight decay
   */
  public static void step(
      float[] values,
      float[] gradients,
      float[] m,
      float[] v,
      int from,
      int to,
      float rate,
      float oneLessBeta1,
      float oneLessBeta2,
      float epsilon,
      float decay) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      FloatVector g = FloatVector.fromArray(SPECIES, gradients, i);
      FloatVector oldM = FloatVector.fromArray(SPECIES, m, i);
      FloatVector oldV = FloatVector.fromArray(SPECIES, v, i);
      FloatVector value = FloatVector.fromArray(SPECIES, values, i);
      FloatVector newM = g.sub(oldM).fma(FloatVector.broadcast(SPECIES, oneLessBeta1), oldM);
      FloatVector newV =
          g.fma(g, oldV.neg()).fma(FloatVector.broadcast(SPECIES, oneLessBeta2), oldV);
      FloatVector kept = value.fma(FloatVector.broadcast(SPECIES, -decay), value);
      newM.intoArray(m, i);
      newV.intoArray(v, i);
      kept.sub(newM.mul(rate).div(newV.sqrt().add(epsilon))).intoArray(values, i);
    }
    for (; i < to; i++) {
      float g = gradients[i];
      float newM = Math.fma(g - m[i], oneLessBeta1, m[i]);
      float newV = Math.fma(Math.fma(g, g, -v[i]), oneLessBeta2, v[i]);
      float kept = Math.fma(values[i], -decay, values[i]);
      m[i] = newM;
      v[i] = newV;
      values[i] = kept - newM * rate / ((float) Math.sqrt(newV) + epsilon);
    }
  }
}
