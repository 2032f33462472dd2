package dev.lanewise.model.report;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the fields of a protocol buffer: a number and a kind of wire, then the value (see
 * protobuf.dev/programming-guides/encoding).
 */
final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ProtoWriter putDouble(int field, double value) {
    tag(field, FIXED_64);
    fixed(Double.doubleToRawLongBits(value), Long.BYTES);
    return this;
  }

  ProtoWriter putFloat(int field, float value) {
    tag(field, FIXED_32);
    fixed(Float.floatToRawIntBits(value), Integer.BYTES);
    return this;
  }

  ProtoWriter putLong(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  ProtoWriter putText(int field, String value) {
    return putBytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts bytes, which may be a message of its own. */
  ProtoWriter putBytes(int field, byte[] value) {
    tag(field, BYTES);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void tag(int field, int kind) {
    varint((long) field << 3 | kind);
  }

  /** Writes 7 bits a byte, the lowest first; the eighth says that more follow. */
  private void varint(long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /** Writes bytes, the lowest first. */
  private void fixed(long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> 8 * i));
    }
  }
}
