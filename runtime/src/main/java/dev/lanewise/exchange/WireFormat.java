package dev.lanewise.exchange;

import dev.lanewise.kernel.update.Bfloat16;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Floats as bytes, little-endian; for one thread. */
final class WireFormat {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  /** The values of a frame as bfloat16; null for float32. */
  private final short[] rounded;

  WireFormat(Precision precision) {
    bytes = precision.bytes();
    rounded = precision == Precision.BF16 ? new short[FrameHeader.MOST_BYTES / bytes] : null;
  }

  /** Bytes of a value. */
  int bytes() {
    return bytes;
  }

  void encode(float[] src, int from, int count, MemorySegment dst, long at) {
    if (rounded == null) {
      MemorySegment.copy(src, from, dst, FLOAT, at, count);
    } else {
      Bfloat16.pack(src, from, rounded, count);
      MemorySegment.copy(rounded, 0, dst, SHORT, at, count);
    }
  }

  void decode(MemorySegment src, long at, float[] dst, int from, int count) {
    if (rounded == null) {
      MemorySegment.copy(src, FLOAT, at, dst, from, count);
    } else {
      MemorySegment.copy(src, SHORT, at, rounded, 0, count);
      Bfloat16.unpack(rounded, dst, from, count);
    }
  }
}
