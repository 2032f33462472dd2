package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * z * sigmoid(z), where sigmoid(z) = 1 / (1 + exp(-z)), with the derivative sigmoid(z) * (1 + z *
 * sigmoid(-z)). Here the exponential is of -|z|, so that nothing overflows. A value further from
 * zero than {@link #FAR} counts as if it stood there, where sigmoid is 1, or a part of 2e-38.
 */
final class Silu extends Curve {
  static final Silu FUNCTION = new Silu();

  private static final float FAR = -Exponential.LEAST;

  private Silu() {
    super(Activation.SILU);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector given = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector v = given.blend(-FAR, given.compare(VectorOperators.LT, -FAR));
      FloatVector near = v.blend(FAR, v.compare(VectorOperators.GT, FAR));
      FloatVector exp = Exponential.of(near.abs().neg());
      FloatVector larger = one.div(exp.add(one));
      FloatVector smaller = exp.mul(larger);
      VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
      FloatVector sigmoid = smaller.blend(larger, positive);
      if (gradients == null) {
        v.mul(sigmoid).intoArray(z, zAt + i);
      } else {
        FloatVector rest = larger.blend(smaller, positive);
        FloatVector derivative = near.fma(rest, one).mul(sigmoid);
        FloatVector.fromArray(SPECIES, gradients, gradientsAt + i)
            .mul(derivative)
            .intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float given = z[zAt + i];
      float v = given < -FAR ? -FAR : given;
      float near = v > FAR ? FAR : v;
      float exp = Exponential.of(-Math.abs(near));
      float larger = 1 / (exp + 1);
      float smaller = exp * larger;
      float sigmoid = v > 0 ? larger : smaller;
      if (gradients == null) {
        z[zAt + i] = v * sigmoid;
      } else {
        float rest = v > 0 ? smaller : larger;
        gradients[gradientsAt + i] *= Math.fma(near, rest, 1) * sigmoid;
      }
    }
  }
}
