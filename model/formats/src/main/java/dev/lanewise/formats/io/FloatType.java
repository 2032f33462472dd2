package dev.lanewise.formats.io;

import java.nio.ByteBuffer;

/** The types of floating point numbers in which weights are kept, all little-endian. */
public enum FloatType {
  /** IEEE 754 binary16. */
  F16(Short.BYTES),
  /** The upper half of a binary32. */
  BF16(Short.BYTES),
  /** IEEE 754 binary32. */
  F32(Float.BYTES),
  /** IEEE 754 binary64. */
  F64(Double.BYTES);

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns the bytes of a value. */
  public int bytes() {
    return bytes;
  }

  /**
   * Decodes values.
   *
   * @param src little-endian; all that remains is decoded
   * @return the index after the last value
   */
  public int floats(ByteBuffer src, float[] dst, int at) {
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
    }
    return i;
  }
}
