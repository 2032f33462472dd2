package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential of what is not positive: {@code expf} of S. L. Moshier's Cephes library. exp(x) =
 * 2^n exp(r), where n is an integer and |r| at most log(2) / 2, over which a polynomial of degree 7
 * is good for a float.
 *
 * <p>The vector operator EXP may give other bits on another machine. These operations are all
 * rounded exactly: vectors of any width and single values have the same bits.
 */
final class Exponential {
  /** The least argument: a part of 2e-38. */
  static final float LEAST = -87;

  private static final float LOG2_E = 1.44269504088896341f;

  /** 1.5 * 2^23: a sum with it is rounded to an integer, which stands in the lowest bits. */
  private static final float ROUND = 12582912f;

  /** Bits of a float below its exponent. */
  private static final int FRACTION = 23;

  /** The float 1, whose exponent is 2^0. */
  private static final int ONE = 127 << FRACTION;

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

  private Exponential() {}

  /** Returns exp(x) for x from {@link #LEAST} to 0; NaN of NaN. */
  static FloatVector of(FloatVector x) {
    FloatVector shifted = x.fma(broadcast(LOG2_E), broadcast(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(broadcast(-LN2_LOW), n.fma(broadcast(-LN2_HIGH), x));
    FloatVector p =
        r.fma(broadcast(C7), broadcast(C6))
            .fma(r, broadcast(C5))
            .fma(r, broadcast(C4))
            .fma(r, broadcast(C3))
            .fma(r, broadcast(C2));
    FloatVector power =
        shifted
            .reinterpretAsInts()
            .lanewise(VectorOperators.LSHL, FRACTION)
            .add(ONE)
            .reinterpretAsFloats();
    return p.fma(r.mul(r), r).add(1f).mul(power);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }

  /** Returns exp(x) as vectors are computed. */
  static float of(float x) {
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
    float p = Math.fma(r, C7, C6);
    p = Math.fma(p, r, C5);
    p = Math.fma(p, r, C4);
    p = Math.fma(p, r, C3);
    p = Math.fma(p, r, C2);
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << FRACTION) + ONE);
    return (Math.fma(p, r * r, r) + 1) * power;
  }
}
