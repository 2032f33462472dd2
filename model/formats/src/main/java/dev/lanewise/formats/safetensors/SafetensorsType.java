package dev.lanewise.formats.safetensors;

import java.nio.ByteBuffer;

/** The types of a safetensors file's values, all little-endian. */
enum SafetensorsType {
  /** Truth values. */
  BOOL(8),
  /** Floats of 4 bits. */
  F4(4),
  /** Floats of 6 bits. */
  F6_E2M3(6),
  /** Floats of 6 bits. */
  F6_E3M2(6),
  /** Integers without sign. */
  U8(8),
  /** Integers. */
  I8(8),
  /** Floats of 8 bits. */
  F8_E5M2(8),
  /** Floats of 8 bits. */
  F8_E4M3(8),
  /** Powers of two. */
  F8_E8M0(8),
  /** Integers. */
  I16(16),
  /** Integers without sign. */
  U16(16),
  /** IEEE 754 binary16. */
  F16(16),
  /** The upper half of a binary32. */
  BF16(16),
  /** Integers. */
  I32(32),
  /** Integers without sign. */
  U32(32),
  /** IEEE 754 binary32. */
  F32(32),
  /** Complex numbers. */
  C64(64),
  /** IEEE 754 binary64. */
  F64(64),
  /** Integers. */
  I64(64),
  /** Integers without sign. */
  U64(64);

  private final int bits;

  SafetensorsType(int bits) {
    this.bits = bits;
  }

  /** Returns the bits of a value. */
  int bits() {
    return bits;
  }

  /**
   * Returns whether {@link #floats} can decode values: of 16, 32 and 64 bits, as PyTorch trains.
   */
  boolean readable() {
    return this == F32 || this == F16 || this == BF16 || this == F64;
  }

  /**
   * Decodes values.
   *
   * @param src little-endian; all that remains is decoded
   * @return the index after the last value
   */
  int floats(ByteBuffer src, float[] dst, int at) {
    int i = at;
    switch (this) {
      case F32 -> {
        int count = src.remaining() / Float.BYTES;
        src.asFloatBuffer().get(dst, i, count);
        i += count;
      }
      case F16 -> {
        while (src.hasRemaining()) {
          dst[i++] = Float.float16ToFloat(src.getShort());
        }
      }
      case BF16 -> {
        while (src.hasRemaining()) {
          dst[i++] = Float.intBitsToFloat(src.getShort() << 16);
        }
      }
      case F64 -> {
        while (src.hasRemaining()) {
          dst[i++] = (float) src.getDouble();
        }
      }
      default -> throw new IllegalStateException(this + " is not readable");
    }
    return i;
  }
}
