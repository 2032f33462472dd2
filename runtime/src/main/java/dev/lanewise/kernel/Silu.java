package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.spec.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * z * sigmoid(z), where sigmoid(z) = 1 / (1 + exp(-z)), with the derivative sigmoid(z) * (1 + z *
 * sigmoid(-z)).
 *
 * <p>The exponential is {@code expf} of S. L. Moshier's Cephes library: exp(x) = 2^n exp(r), where
 * n is an integer and |r| at most log(2) / 2, over which a polynomial of degree 7 is good for a
 * float. Here x = -|z|, so that nothing overflows. A value further from zero than {@link #FAR}
 * counts as if it stood there, where sigmoid is 1, or a part of 2e-38.
 *
 * <p>The vector operator EXP may give other bits on another machine. These operations are all
 * rounded exactly: vectors of any width and single values have the same bits.
 */
final class Silu extends Pointwise {
  static final Silu FUNCTION = new Silu();

  private static final float FAR = 87;

  private static final float LOG2_E = 1.44269504088896341f;

  /** 1.5 * 2^23: a sum with it is rounded to an integer, which stands in the lowest bits. */
  private static final float ROUND = 12582912f;

  /** Bits of a float below its exponent. */
  private static final int FRACTION = 23;

  /** log(2) in two parts, of which the first has few digits. */
  private static final float LN2_HIGH = 0.693359375f;

  private static final float LN2_LOW = -2.12194440e-4f;

  /** exp(r) = 1 + r + C2 r^2 + ... + C7 r^7. */
  private static final float C2 = 5.0000001201e-1f;

  private static final float C3 = 1.6666665459e-1f;
  private static final float C4 = 4.1665795894e-2f;
  private static final float C5 = 8.3334519073e-3f;
  private static final float C6 = 1.3981999507e-3f;
  private static final float C7 = 1.9875691500e-4f;

  private Silu() {
    super(Activation.SILU, Float.NEGATIVE_INFINITY);
  }

  @Override
  public boolean curved() {
    return true;
  }

  @Override
  public void forward(float[] values, int at, int count) {
    run(values, at, null, 0, count);
  }

  @Override
  public void backward(float[] gradients, int gradientsAt, float[] z, int zAt, int count) {
    run(z, zAt, gradients, gradientsAt, count);
  }

  /** Overwrites z by the function; or, where gradients are given, them by their product with f'. */
  private static void run(float[] z, int zAt, float[] gradients, int gradientsAt, int count) {
    int vectors = Lanes.floor(count);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    FloatVector round = FloatVector.broadcast(SPECIES, ROUND);
    FloatVector log2e = FloatVector.broadcast(SPECIES, LOG2_E);
    FloatVector high = FloatVector.broadcast(SPECIES, -LN2_HIGH);
    FloatVector low = FloatVector.broadcast(SPECIES, -LN2_LOW);
    FloatVector c2 = FloatVector.broadcast(SPECIES, C2);
    FloatVector c3 = FloatVector.broadcast(SPECIES, C3);
    FloatVector c4 = FloatVector.broadcast(SPECIES, C4);
    FloatVector c5 = FloatVector.broadcast(SPECIES, C5);
    FloatVector c6 = FloatVector.broadcast(SPECIES, C6);
    FloatVector c7 = FloatVector.broadcast(SPECIES, C7);
    for (int i = 0; i < vectors; i += LANES) {
      FloatVector given = FloatVector.fromArray(SPECIES, z, zAt + i);
      FloatVector v = given.blend(-FAR, given.compare(VectorOperators.LT, -FAR));
      FloatVector near = v.blend(FAR, v.compare(VectorOperators.GT, FAR));
      FloatVector x = near.abs().neg();
      FloatVector shifted = x.fma(log2e, round);
      FloatVector n = shifted.sub(round);
      FloatVector r = n.fma(low, n.fma(high, x));
      FloatVector p = r.fma(c7, c6).fma(r, c5).fma(r, c4).fma(r, c3).fma(r, c2);
      FloatVector exp =
          p.fma(r.mul(r), r)
              .add(one)
              .reinterpretAsInts()
              .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, FRACTION))
              .reinterpretAsFloats();
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
      float exp = exp(-Math.abs(near));
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

  /** Returns exp(x) for x from -FAR to 0, as vectors are computed. */
  private static float exp(float x) {
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(r, C7, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    float fraction = Math.fma(p, r * r, r) + 1;
    int exponent = Float.floatToRawIntBits(shifted) << FRACTION;
    return Float.intBitsToFloat(Float.floatToRawIntBits(fraction) + exponent);
  }
}
