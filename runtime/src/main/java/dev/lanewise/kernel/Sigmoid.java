package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * 1 / (1 + exp(-z)), with the derivative sigmoid(z) * sigmoid(-z), which is formed of z: of a
 * result near 1 it would lose its digits. The exponential is of -|z|, so that nothing overflows.
 */
final class Sigmoid extends Curve {
  static final Sigmoid FUNCTION = new Sigmoid();

  private static final float FAR = -Exponential.LEAST;

  private Sigmoid() {
    super(Activation.SIGMOID);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector size = v.abs();
      FloatVector near = size.blend(FAR, size.compare(VectorOperators.GT, FAR));
      FloatVector exp = Exponential.of(near.neg());
      FloatVector larger = one.div(exp.add(one));
      FloatVector smaller = exp.mul(larger);
      if (gradients == null) {
        smaller.blend(larger, v.compare(VectorOperators.GT, 0f)).intoArray(z, zAt + i);
      } else {
        FloatVector.fromArray(SPECIES, gradients, gradientsAt + i)
            .mul(larger.mul(smaller))
            .intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float v = z[zAt + i];
      float size = Math.abs(v);
      float near = size > FAR ? FAR : size;
      float exp = Exponential.of(-near);
      float larger = 1 / (exp + 1);
      float smaller = exp * larger;
      if (gradients == null) {
        z[zAt + i] = v > 0 ? larger : smaller;
      } else {
        gradients[gradientsAt + i] *= larger * smaller;
      }
    }
  }
}
