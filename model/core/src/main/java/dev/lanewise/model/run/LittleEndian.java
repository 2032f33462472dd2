package dev.lanewise.model.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The order of bytes in which workers tell each other numbers, on any processor. */
final class LittleEndian {
  private LittleEndian() {}

  /** Returns a view of bytes. */
  static ByteBuffer of(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
