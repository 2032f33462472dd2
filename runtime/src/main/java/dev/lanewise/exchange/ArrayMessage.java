package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;

/** A piece of one or several arrays, for one other worker; sent again in each round. */
final class ArrayMessage implements Message {
  private final Kind kind;
  private final int sum;
  private final int bucket;
  private final Cursor cursor;

  /** Told when the arrays have been read; may be null. */
  private final Runnable sent;

  private int round;

  ArrayMessage(Kind kind, int sum, int bucket, Cursor cursor, Runnable sent) {
    this.kind = kind;
    this.sum = sum;
    this.bucket = bucket;
    this.cursor = cursor;
    this.sent = sent;
  }

  void begin(int round, float[][] arrays) {
    this.round = round;
    cursor.reset(arrays);
  }

  @Override
  public boolean putFrame(FrameWriter out) {
    out.put(kind, sum, round, bucket, cursor);
    if (cursor.remaining() > 0) {
      return false;
    }
    if (sent != null) {
      sent.run();
    }
    return true;
  }
}
