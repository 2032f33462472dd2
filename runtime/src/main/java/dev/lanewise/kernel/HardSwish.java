package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** z * min(max(0, z + 3), 6) / 6: lines and a parabola in place of {@link Silu}. */
final class HardSwish extends Curve {
  static final HardSwish FUNCTION = new HardSwish();

  /** Where the line from 0 to 1 begins and, above zero, ends. */
  private static final float EDGE = 3;

  private static final float SLOPE = 1 / 6f;

  private HardSwish() {
    super(Activation.HARD_SWISH);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector given = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector v = given.blend(-EDGE, given.compare(VectorOperators.LT, -EDGE));
      VectorMask<Float> above = v.compare(VectorOperators.GT, EDGE);
      FloatVector near = v.blend(EDGE, above);
      FloatVector sum = near.add(EDGE);
      if (gradients == null) {
        v.mul(sum.mul(SLOPE)).intoArray(z, zAt + i);
      } else {
        // At the upper edge the parabola's slope is 3/2, and the smaller one counts.
        VectorMask<Float> line = v.compare(VectorOperators.GE, EDGE);
        FloatVector parabola = near.add(sum).mul(SLOPE);
        FloatVector derivative =
            parabola.blend(one, line).blend(zero, v.compare(VectorOperators.LE, -EDGE));
        FloatVector.fromArray(SPECIES, gradients, gradientsAt + i)
            .mul(derivative)
            .intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float given = z[zAt + i];
      float v = given < -EDGE ? -EDGE : given;
      float near = v > EDGE ? EDGE : v;
      float sum = near + EDGE;
      if (gradients == null) {
        z[zAt + i] = v * (sum * SLOPE);
      } else {
        float parabola = (near + sum) * SLOPE;
        gradients[gradientsAt + i] *= v <= -EDGE ? 0 : v >= EDGE ? 1 : parabola;
      }
    }
  }
}
