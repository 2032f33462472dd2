package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What both sides of a connection say before they are in a group, big-endian: a greeting (eight
 * letters, version, nonce), a proof with what they tell of themselves, a verdict; then frames.
 */
final class HandshakeMessages {
  static final int VERSION = 1;

  private static final byte[] MAGIC = "lanewise".getBytes(StandardCharsets.US_ASCII);

  static final int GREETING_BYTES = MAGIC.length + Integer.BYTES + Proof.NONCE_BYTES;

  /** Of a verdict without its reason: what it is, and the length of the reason. */
  static final int VERDICT_BYTES = 1 + Integer.BYTES;

  static final byte TAKEN = 0;
  static final byte REFUSED = 1;

  /** The most bytes of a reason. */
  static final int MOST_REASON = 4000;

  private HandshakeMessages() {}

  static ByteBuffer greeting(byte[] nonce) {
    return ByteBuffer.allocate(GREETING_BYTES).put(MAGIC).putInt(VERSION).put(nonce).flip();
  }

  /** Whether a greeting begins as one; its version is next. */
  static boolean hasMagic(ByteBuffer greeting) {
    byte[] magic = new byte[MAGIC.length];
    greeting.get(magic);
    return Arrays.equals(magic, MAGIC);
  }

  static ByteBuffer proof(byte[] proof, byte[] introduction) {
    return ByteBuffer.allocate(proof.length + Integer.BYTES + introduction.length)
        .put(proof)
        .putInt(introduction.length)
        .put(introduction)
        .flip();
  }

  static ByteBuffer taken() {
    return ByteBuffer.allocate(VERDICT_BYTES).put(TAKEN).putInt(0).flip();
  }

  static ByteBuffer refused(String reason) {
    byte[] text = bytes(reason);
    return ByteBuffer.allocate(VERDICT_BYTES + text.length)
        .put(REFUSED)
        .putInt(text.length)
        .put(text)
        .flip();
  }

  static ByteBuffer frame(Kind kind, int part, String text) {
    byte[] body = bytes(text);
    ByteBuffer frame =
        ByteBuffer.allocate(FrameHeader.BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN);
    FrameHeader.put(frame, kind, 0, 0, part, 0, body.length);
    return frame.put(body).flip();
  }

  /** A reason as bytes, as many as are allowed. */
  static byte[] bytes(String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    return Arrays.copyOf(text, Math.min(text.length, MOST_REASON));
  }
}
