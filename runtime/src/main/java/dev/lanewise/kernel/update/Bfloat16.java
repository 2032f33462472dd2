package dev.lanewise.kernel.update;

import dev.lanewise.kernel.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Floats as bfloat16, the upper half of their bits: rounded to nearest, ties to even; what is too
 * large becomes infinite; NaN stays NaN, with its quiet bit set.
 */
public final class Bfloat16 {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, FLOATS.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

  private static final int HALF = 0x7fff;
  private static final int QUIET = 0x40;
  private static final int SIGN = 0x7fff_ffff;
  private static final int INFINITY = 0x7f80_0000;

  private Bfloat16() {}

  /** dst[0..count) = src[from..from+count), rounded. */
  public static void pack(float[] src, int from, short[] dst, int count) {
    int i = 0;
    for (int end = count - Lanes.LANES; i <= end; i += Lanes.LANES) {
      ((ShortVector)
              rounded(FloatVector.fromArray(FLOATS, src, from + i).reinterpretAsInts())
                  .convertShape(VectorOperators.I2S, SHORTS, 0))
          .intoArray(dst, i);
    }
    for (; i < count; i++) {
      dst[i] = (short) rounded(Float.floatToRawIntBits(src[from + i]));
    }
  }

  /** dst[from..from+count) = src[0..count). */
  public static void unpack(short[] src, float[] dst, int from, int count) {
    int i = 0;
    for (int end = count - Lanes.LANES; i <= end; i += Lanes.LANES) {
      ((IntVector)
              ShortVector.fromArray(SHORTS, src, i)
                  .convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, 0))
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(dst, from + i);
    }
    for (; i < count; i++) {
      dst[from + i] = Float.intBitsToFloat(src[i] << 16);
    }
  }

  /** Rounds the values at the indices [from, to) to those that bfloat16 has. */
  public static void round(float[] values, int from, int to) {
    int i = from;
    for (int end = to - Lanes.LANES; i <= end; i += Lanes.LANES) {
      rounded(FloatVector.fromArray(FLOATS, values, i).reinterpretAsInts())
          .lanewise(VectorOperators.LSHL, 16)
          .reinterpretAsFloats()
          .intoArray(values, i);
    }
    for (; i < to; i++) {
      values[i] = Float.intBitsToFloat(rounded(Float.floatToRawIntBits(values[i])) << 16);
    }
  }

  private static IntVector rounded(IntVector bits) {
    IntVector upper = bits.lanewise(VectorOperators.LSHR, 16);
    VectorMask<Integer> nan = bits.and(SIGN).compare(VectorOperators.GT, INFINITY);
    return bits.add(HALF)
        .add(upper.and(1))
        .lanewise(VectorOperators.LSHR, 16)
        .blend(upper.or(QUIET), nan);
  }

  private static int rounded(int bits) {
    int upper = bits >>> 16;
    return (bits & SIGN) > INFINITY ? upper | QUIET : (bits + HALF + (upper & 1)) >>> 16;
  }
}
