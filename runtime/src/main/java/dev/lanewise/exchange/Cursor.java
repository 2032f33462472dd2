package dev.lanewise.exchange;

import java.lang.foreign.MemorySegment;

/** A place in arrays of which the same piece is sent, one array after the other. */
final class Cursor {
  private final Piece piece;
  private final int length;

  private float[][] arrays;
  private int array;
  private int run;
  private int index;
  private int position;

  Cursor(Piece piece, int arrays) {
    this.piece = piece;
    this.length = Math.multiplyExact(piece.length(), arrays);
  }

  /** Goes to the beginning. */
  void reset(float[][] arrays) {
    this.arrays = arrays;
    array = 0;
    run = 0;
    index = piece.from(0);
    position = 0;
  }

  /** Values before this place. */
  int position() {
    return position;
  }

  /** Values from here to the end. */
  int remaining() {
    return length - position;
  }

  void encode(WireFormat wire, MemorySegment dst, long at, int count) {
    long offset = at;
    int left = count;
    while (left > 0) {
      int now = Math.min(left, piece.to(run) - index);
      wire.encode(arrays[array], index, now, dst, offset);
      offset += (long) now * wire.bytes();
      left -= now;
      advance(now);
    }
  }

  void decode(WireFormat wire, MemorySegment src, long at, int count) {
    long offset = at;
    int left = count;
    while (left > 0) {
      int now = Math.min(left, piece.to(run) - index);
      wire.decode(src, offset, arrays[array], index, now);
      offset += (long) now * wire.bytes();
      left -= now;
      advance(now);
    }
  }

  private void advance(int count) {
    position += count;
    index += count;
    if (index == piece.to(run)) {
      run++;
      if (run == piece.runs()) {
        run = 0;
        array++;
      }
      index = piece.from(run);
    }
  }
}
