package dev.lanewise.exchange;

import java.nio.ByteBuffer;

/**
 * What stands in front of each frame: seven ints, little-endian, the last of which is made of the
 * others. A message is cut into frames of at most {@link #MOST_BYTES}, so that nothing urgent waits
 * long.
 */
final class FrameHeader {
  /** Bytes of a header. */
  static final int BYTES = 7 * Integer.BYTES;

  /** The most bytes after a header. */
  static final int MOST_BYTES = 1 << 16;

  /** What a frame is. */
  enum Kind {
    /** The sender has connections to all others. */
    READY,
    /** The sender lives. */
    HEARTBEAT,
    /** The sender leaves, and wants nothing more. */
    GOODBYE,
    /** The sender has failed; the body says why. */
    ABORT,
    /** A part of what the sender gives to a gathering. */
    GATHER,
    /** A part of the sender's terms of the receiver's piece. */
    TERMS,
    /** A part of the sum of the sender's piece. */
    RESULT
  }

  private static final Kind[] KINDS = Kind.values();
  private static final int SEED = 0x4c57_4558;
  private static final int PRIME = 0x0100_0193;

  /** What it is. */
  Kind kind;

  /** Which sum, or which kind of gathering. */
  int id;

  /** Which round of the sum, or which gathering, from 1. */
  int round;

  /** Which bucket; the bytes of the whole message of a gathering. */
  int part;

  /** Where in the message the body belongs: in values of a sum, in bytes of a gathering. */
  int offset;

  /** Bytes of the body. */
  int length;

  static void put(ByteBuffer out, Kind kind, int id, int round, int part, int offset, int length) {
    out.putInt(kind.ordinal()).putInt(id).putInt(round).putInt(part).putInt(offset).putInt(length);
    out.putInt(check(out, out.position() - BYTES + Integer.BYTES));
  }

  /** Reads a header; false where there is none. */
  boolean read(ByteBuffer in, int at) {
    int ordinal = in.getInt(at);
    id = in.getInt(at + 4);
    round = in.getInt(at + 8);
    part = in.getInt(at + 12);
    offset = in.getInt(at + 16);
    length = in.getInt(at + 20);
    if (in.getInt(at + 24) != check(in, at)
        || ordinal < 0
        || ordinal >= KINDS.length
        || length < 0
        || length > MOST_BYTES) {
      return false;
    }
    kind = KINDS[ordinal];
    return true;
  }

  /** Changes whenever one of the first six ints does. */
  private static int check(ByteBuffer buffer, int at) {
    int check = SEED;
    for (int i = 0; i < BYTES - Integer.BYTES; i += Integer.BYTES) {
      check = Integer.rotateLeft((check ^ buffer.getInt(at + i)) * PRIME, 5);
    }
    return check;
  }
}
