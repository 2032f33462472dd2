package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * z * P(z), where P is the normal distribution's function, with the derivative P(z) + z * p(z),
 * where p is its density.
 *
 * <p>P(-a) for a not below 0 is exp(-a^2 / 2) t q(t) with t = 1 / (1 + {@link #SCALE} a), and q a
 * polynomial of degree 8 fitted to a relative error of 3.2e-8 for a up to {@link #FAR}; the square
 * is taken with the part that its float leaves out. A value further from zero than {@link #FAR}
 * counts as if it stood there, where P is 1, or a part of 1e-38.
 */
final class Gelu extends Curve {
  static final Gelu FUNCTION = new Gelu();

  private static final float FAR = 13;
  private static final float SCALE = 0.35f;

  /** 1 / sqrt(2 pi). */
  private static final float DENSITY = 0.3989422804014327f;

  private static final float C0 = 0.13962182f;
  private static final float C1 = 0.13985474f;
  private static final float C2 = 0.119882755f;
  private static final float C3 = 0.10531696f;
  private static final float C4 = -0.022670904f;
  private static final float C5 = 0.15855248f;
  private static final float C6 = -0.2551824f;
  private static final float C7 = 0.1437196f;
  private static final float C8 = -0.029095108f;

  private Gelu() {
    super(Activation.GELU);
  }

  @Override
  void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector scale = FloatVector.broadcast(SPECIES, SCALE);
    FloatVector c0 = FloatVector.broadcast(SPECIES, C0);
    FloatVector c1 = FloatVector.broadcast(SPECIES, C1);
    FloatVector c2 = FloatVector.broadcast(SPECIES, C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, C4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, C5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, C6);
    FloatVector c7 = FloatVector.broadcast(SPECIES, C7);
    FloatVector c8 = FloatVector.broadcast(SPECIES, C8);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector given = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector v = given.blend(-FAR, given.compare(VectorOperators.LT, -FAR));
      FloatVector near = v.blend(FAR, v.compare(VectorOperators.GT, FAR));
      FloatVector a = near.abs();
      FloatVector square = a.mul(a);
      FloatVector left = a.fma(a, square.neg());
      FloatVector rounded = Exponential.of(square.mul(-0.5f));
      FloatVector exp = rounded.fma(left.mul(-0.5f), rounded);
      FloatVector t = one.div(a.fma(scale, one));
      FloatVector q = t.fma(c8, c7).fma(t, c6).fma(t, c5).fma(t, c4);
      q = q.fma(t, c3).fma(t, c2).fma(t, c1).fma(t, c0);
      FloatVector smaller = q.mul(t).mul(exp);
      VectorMask<Float> positive = v.compare(VectorOperators.GT, 0f);
      FloatVector share = smaller.blend(one.sub(smaller), positive);
      if (gradients == null) {
        v.mul(share).intoArray(z, zAt + i);
      } else {
        FloatVector derivative = near.mul(DENSITY).fma(exp, share);
        FloatVector.fromArray(SPECIES, gradients, gradientsAt + i)
            .mul(derivative)
            .intoArray(gradients, gradientsAt + i);
      }
    }
    for (int i = vectors; i < count; i++) {
      float given = z[zAt + i];
      float v = given < -FAR ? -FAR : given;
      float near = v > FAR ? FAR : v;
      float a = Math.abs(near);
      float square = a * a;
      float left = Math.fma(a, a, -square);
      float rounded = Exponential.of(square * -0.5f);
      float exp = Math.fma(rounded, left * -0.5f, rounded);
      float t = 1 / Math.fma(a, SCALE, 1);
      float smaller = polynomial(t) * t * exp;
      float share = v > 0 ? 1 - smaller : smaller;
      if (gradients == null) {
        z[zAt + i] = v * share;
      } else {
        gradients[gradientsAt + i] *= Math.fma(near * DENSITY, exp, share);
      }
    }
  }

  private static float polynomial(float t) {
    float q = Math.fma(t, C8, C7);
    q = Math.fma(q, t, C6);
    q = Math.fma(q, t, C5);
    q = Math.fma(q, t, C4);
    q = Math.fma(q, t, C3);
    q = Math.fma(q, t, C2);
    q = Math.fma(q, t, C1);
    return Math.fma(q, t, C0);
  }
}
