package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;

/** A message of bytes. */
final class BytesMessage implements Message {
  private static final byte[] NOTHING = {};

  private final Kind kind;
  private final int id;
  private final int round;
  private final int part;
  private final byte[] body;
  private int position;

  private BytesMessage(Kind kind, int id, int round, int part, byte[] body) {
    this.kind = kind;
    this.id = id;
    this.round = round;
    this.part = part;
    this.body = body;
  }

  /** A message that says no more than its kind; it may be sent again once it is. */
  static BytesMessage plain(Kind kind) {
    return new BytesMessage(kind, 0, 0, 0, NOTHING);
  }

  static BytesMessage gather(int purpose, int round, byte[] body) {
    return new BytesMessage(Kind.GATHER, purpose, round, body.length, body);
  }

  /** Tells why the exchange has ended, and the rank of the worker who found it. */
  static BytesMessage abort(int teller, String reason) {
    return new BytesMessage(Kind.ABORT, 0, 0, teller, HandshakeMessages.bytes(reason));
  }

  @Override
  public boolean putFrame(FrameWriter out) {
    int count = Math.min(body.length - position, out.room());
    out.put(kind, id, round, part, position, body, position, count);
    position += count;
    return position == body.length;
  }
}
