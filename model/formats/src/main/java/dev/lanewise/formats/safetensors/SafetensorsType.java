package dev.lanewise.formats.safetensors;

import dev.lanewise.formats.io.FloatType;

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
  F16(FloatType.F16),
  /** The upper half of a binary32. */
  BF16(FloatType.BF16),
  /** Integers. */
  I32(32),
  /** Integers without sign. */
  U32(32),
  /** IEEE 754 binary32. */
  F32(FloatType.F32),
  /** Complex numbers. */
  C64(64),
  /** IEEE 754 binary64. */
  F64(FloatType.F64),
  /** Integers. */
  I64(64),
  /** Integers without sign. */
  U64(64);

  private final int bits;
  private final FloatType floats;

  SafetensorsType(int bits) {
    this.bits = bits;
    this.floats = null;
  }

  SafetensorsType(FloatType floats) {
    this.bits = Byte.SIZE * floats.bytes();
    this.floats = floats;
  }

  /** Returns the bits of a value. */
  int bits() {
    return bits;
  }

  /** Returns how values are decoded; null where they are of a type in which none trains. */
  FloatType floats() {
    return floats;
  }
}
