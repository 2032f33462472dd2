package dev.lanewise.kernel.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Bfloat16Test {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0x7f80_0001),
    Float.intBitsToFloat(0xffff_ffff),
    // Ties, to the lower and to the upper neighbour, and what is just beside them.
    Float.intBitsToFloat(0x3f80_8000),
    Float.intBitsToFloat(0x3f81_8000),
    Float.intBitsToFloat(0x3f80_7fff),
    Float.intBitsToFloat(0x3f80_8001),
    Float.intBitsToFloat(0x3f7f_ffff),
  };

  private static float[] values(int length) {
    Random random = new Random(length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          i % 3 == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : Float.intBitsToFloat(random.nextInt());
    }
    return values;
  }

  /**
   * Whether a 16-bit value is the one that a float is rounded to: none is nearer, ties are even.
   */
  private static void requireNearest(float value, short packed) {
    float rounded = Float.intBitsToFloat(packed << 16);
    if (Float.isNaN(value)) {
      assertThat(rounded).isNaN();
      return;
    }
    assertEquals(Float.floatToRawIntBits(value) >>> 31, Float.floatToRawIntBits(rounded) >>> 31);
    double error = Math.abs(value - wide(packed));
    for (int side = -1; side <= 1; side += 2) {
      int magnitude = (packed & 0x7fff) + side;
      if (Float.isInfinite(value) || magnitude < 0 || magnitude > 0x7f80) {
        continue;
      }
      double other = Math.abs(value - wide((short) (packed & 0x8000 | magnitude)));
      assertThat(error).as("of %s", value).isLessThanOrEqualTo(other);
      if (error == other) {
        assertThat(packed & 1).as("tie of %s", value).isZero();
      }
    }
    if (Float.isInfinite(value)) {
      assertEquals(value, rounded);
    }
  }

  /** The value, or what would be the next after the largest instead of infinity. */
  private static double wide(short packed) {
    float value = Float.intBitsToFloat(packed << 16);
    return Float.isInfinite(value) ? Math.copySign(0x1p128, value) : value;
  }

  @Test
  void packsTheNearest() {
    for (int length = 0; length < 70; length++) {
      float[] values = values(length + 3);
      short[] packed = new short[length];
      Bfloat16.pack(values, 3, packed, length);
      for (int i = 0; i < length; i++) {
        requireNearest(values[i + 3], packed[i]);
      }
    }
  }

  @Test
  void unpacksTheUpperHalf() {
    for (int length = 0; length < 70; length++) {
      float[] values = values(length);
      short[] packed = new short[length];
      Bfloat16.pack(values, 0, packed, length);
      float[] unpacked = new float[length + 6];
      unpacked[2] = 7;
      unpacked[length + 3] = 8;
      Bfloat16.unpack(packed, unpacked, 3, length);
      for (int i = 0; i < length; i++) {
        assertEquals(packed[i] << 16, Float.floatToRawIntBits(unpacked[i + 3]));
      }
      assertEquals(7, unpacked[2]);
      assertEquals(8, unpacked[length + 3]);
    }
  }

  @Test
  void roundsAsItPacks() {
    for (int length = 0; length < 70; length++) {
      float[] values = values(length + 2);
      short[] packed = new short[length];
      Bfloat16.pack(values, 1, packed, length);
      float[] rounded = values.clone();
      Bfloat16.round(rounded, 1, length + 1);
      for (int i = 0; i < length; i++) {
        assertEquals(packed[i] << 16, Float.floatToRawIntBits(rounded[i + 1]));
      }
      assertEquals(Float.floatToRawIntBits(values[0]), Float.floatToRawIntBits(rounded[0]));
      assertEquals(
          Float.floatToRawIntBits(values[length + 1]),
          Float.floatToRawIntBits(rounded[length + 1]));
    }
  }
}
