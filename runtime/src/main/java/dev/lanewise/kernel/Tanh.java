package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The hyperbolic tangent, with the derivative 4 e / (1 + e)^2 where e = exp(-2 |z|), which is
 * formed of z: of a result near 1 it would lose its digits. Above {@link #SMALL} it is (1 - e) / (1
 * + e), below it the polynomial of {@code tanhf} of S. L. Moshier's Cephes library.
 */
final class Tanh extends Curve {
  static final Tanh FUNCTION = new Tanh();

  private static final float FAR = -Exponential.LEAST / 2;
  private static final float SMALL = 0.625f;

  /** tanh(z) = z + z^3 (C0 + C1 z^2 + ... + C4 z^8). */
  private static final float C0 = -3.33332819422e-1f;

  private static final float C1 = 1.33314422036e-1f;
  private static final float C2 = -5.37397155531e-2f;
  private static final float C3 = 2.06390887954e-2f;
  private static final float C4 = -5.70498872745e-3f;

  private Tanh() {
    super(Activation.TANH);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector c0 = FloatVector.broadcast(SPECIES, C0);
    FloatVector c1 = FloatVector.broadcast(SPECIES, C1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, C4);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector size = v.abs();
      FloatVector near = size.blend(FAR, size.compare(VectorOperators.GT, FAR));
      FloatVector exp = Exponential.of(near.mul(-2f));
      FloatVector sum = exp.add(one);
      if (gradients == null) {
        FloatVector square = near.mul(near);
        FloatVector p = square.fma(c4, c3).fma(square, c2).fma(square, c1).fma(square, c0);
        FloatVector small = p.mul(square).fma(near, near);
        FloatVector large = one.sub(exp).div(sum);
        FloatVector result = large.blend(small, near.compare(VectorOperators.LT, SMALL));
        result.blend(result.neg(), v.compare(VectorOperators.LT, 0f)).intoArray(z, zAt + i);
      } else {
        FloatVector derivative = exp.mul(4f).div(sum.mul(sum));
        FloatVector.fromArray(SPECIES, gradients, gradientsAt + i)
            .mul(derivative)
            .intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float v = z[zAt + i];
      float size = Math.abs(v);
      float near = size > FAR ? FAR : size;
      float exp = Exponential.of(near * -2);
      float sum = exp + 1;
      if (gradients == null) {
        float square = near * near;
        float p = Math.fma(square, C4, C3);
        p = Math.fma(p, square, C2);
        p = Math.fma(p, square, C1);
        p = Math.fma(p, square, C0);
        float result = near < SMALL ? Math.fma(p * square, near, near) : (1 - exp) / sum;
        z[zAt + i] = v < 0 ? -result : result;
      } else {
        gradients[gradientsAt + i] *= exp * 4 / (sum * sum);
      }
    }
  }
}
