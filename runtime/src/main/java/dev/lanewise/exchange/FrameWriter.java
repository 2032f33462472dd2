package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames on their way into one connection. */
final class FrameWriter {
  private static final int CAPACITY = 4 * (FrameHeader.BYTES + FrameHeader.MOST_BYTES);

  /** A frame with less is not begun while another is in front of it. */
  private static final int LEAST_ROOM = FrameHeader.BYTES + (1 << 12);

  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
  private final MemorySegment segment = MemorySegment.ofBuffer(buffer);
  private final WireFormat wire;

  FrameWriter(WireFormat wire) {
    this.wire = wire;
  }

  /** The bytes written so far, to be sent from 0 to the position. */
  ByteBuffer buffer() {
    return buffer;
  }

  boolean hasRoom() {
    return buffer.remaining() >= LEAST_ROOM;
  }

  /** The most bytes of a frame's body now. */
  int room() {
    return Math.min(FrameHeader.MOST_BYTES, buffer.remaining() - FrameHeader.BYTES);
  }

  void put(Kind kind, int id, int round, int part, int offset, byte[] body, int from, int count) {
    FrameHeader.put(buffer, kind, id, round, part, offset, count);
    buffer.put(body, from, count);
  }

  /** Puts as many of the next values as there is room for. */
  void put(Kind kind, int id, int round, int part, Cursor values) {
    int count = Math.min(values.remaining(), room() / wire.bytes());
    int bytes = count * wire.bytes();
    FrameHeader.put(buffer, kind, id, round, part, values.position(), bytes);
    int at = buffer.position();
    values.encode(wire, segment, at, count);
    buffer.position(at + bytes);
  }
}
