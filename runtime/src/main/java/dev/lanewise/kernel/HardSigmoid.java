package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * min(max(0, z + 3), 6) / 6: a line in place of {@link Sigmoid}. Its results tell the derivative,
 * which is 0 or 1/6, but the kernels' floor is of z, so it is taken from z.
 */
final class HardSigmoid extends Curve {
  static final HardSigmoid FUNCTION = new HardSigmoid();

  /** Where the line from 0 to 1 begins and, above zero, ends. */
  private static final float EDGE = 3;

  private static final float SLOPE = 1 / 6f;

  private HardSigmoid() {
    super(Activation.HARD_SIGMOID);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, zAt + i);
      if (gradients == null) {
        FloatVector raised = v.blend(-EDGE, v.compare(VectorOperators.LT, -EDGE));
        FloatVector line = raised.blend(EDGE, raised.compare(VectorOperators.GT, EDGE));
        line.add(EDGE).mul(SLOPE).intoArray(z, zAt + i);
      } else {
        VectorMask<Float> inside =
            v.compare(VectorOperators.GT, -EDGE).and(v.compare(VectorOperators.LT, EDGE));
        FloatVector g = FloatVector.fromArray(SPECIES, gradients, gradientsAt + i);
        zero.blend(g.mul(SLOPE), inside).intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float v = z[zAt + i];
      if (gradients == null) {
        float raised = v < -EDGE ? -EDGE : v;
        float line = raised > EDGE ? EDGE : raised;
        z[zAt + i] = (line + EDGE) * SLOPE;
      } else {
        float g = gradients[gradientsAt + i];
        gradients[gradientsAt + i] = v > -EDGE && v < EDGE ? g * SLOPE : 0;
      }
    }
  }
}
