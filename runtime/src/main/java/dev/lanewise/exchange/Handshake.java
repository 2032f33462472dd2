package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/**
 * A connection on its way into a group. Both sides do the same: greet, with a nonce; prove that
 * they have the token and tell of themselves; say whether they take the other; tell when they have
 * all. Never blocks, and reads nothing of what comes after.
 */
final class Handshake {
  private enum Stage {
    CONNECTING,
    GREETING,
    PROOF,
    INTRODUCTION,
    VERDICT,
    REASON,
    JOINED,
    ABORT,
    READY
  }

  /** Judges who has proved that it has the token. */
  interface Judge {
    /**
     * Returns why a worker is not taken, null where it is; throws an {@link ExchangeException}
     * where the group cannot form with it.
     */
    String judge(Handshake handshake, Introduction its);
  }

  private final SocketChannel channel;
  private final int expected;
  private final String token;
  private final byte[] introduction;
  private final Judge judge;
  private final long began = System.nanoTime();
  private final byte[] nonce = Proof.nonce();
  private final ArrayDeque<ByteBuffer> out = new ArrayDeque<>();

  private SelectionKey key;
  private Stage stage;
  private ByteBuffer in;
  private byte[] itsNonce;
  private byte[] itsProof;
  private int teller;
  private boolean answered;

  /**
   * Prepares one.
   *
   * @param expected the rank of the worker that was connected to; -1 for who connected to this one
   */
  Handshake(SocketChannel channel, int expected, String token, byte[] introduction, Judge judge) {
    this.channel = channel;
    this.expected = expected;
    this.token = token;
    this.introduction = introduction;
    this.judge = judge;
  }

  /** Begins on a connection that stands. */
  void greet(SelectionKey registered) throws IOException {
    key = registered;
    out.add(HandshakeMessages.greeting(nonce));
    need(Stage.GREETING, HandshakeMessages.GREETING_BYTES);
    flush();
  }

  /** Begins on a connection that does not stand yet. */
  void connect(SelectionKey registered) {
    key = registered;
    stage = Stage.CONNECTING;
  }

  SocketChannel channel() {
    return channel;
  }

  /** The other side's address in words. */
  String remote() {
    try {
      return Joining.text((InetSocketAddress) channel.getRemoteAddress());
    } catch (IOException e) {
      return "a closed connection";
    }
  }

  /** The rank of the worker that was connected to; -1 for who connected to this one. */
  int expected() {
    return expected;
  }

  long began() {
    return began;
  }

  /** Whether both sides have taken each other. */
  boolean isJoined() {
    return stage.compareTo(Stage.JOINED) >= 0;
  }

  /** Whether the other has told that it has all. */
  boolean isReady() {
    return stage == Stage.READY;
  }

  private void need(Stage next, int bytes) {
    stage = next;
    in = ByteBuffer.allocate(bytes);
  }

  /** Goes as far as what came allows. */
  void advance() throws IOException, StrangerException {
    if (stage == Stage.CONNECTING) {
      if (!channel.finishConnect()) {
        return;
      }
      greet(key);
    }
    flush();
    while (stage != Stage.READY) {
      if (channel.read(in) < 0) {
        throw new EOFException("the connection was closed");
      }
      if (in.hasRemaining()) {
        break;
      }
      step(in.flip());
      flush();
    }
  }

  /** Sends what the connection takes. */
  void flush() throws IOException {
    while (!out.isEmpty() && (channel.write(out.peek()) >= 0) && !out.peek().hasRemaining()) {
      out.remove();
    }
    if (key.isValid()) {
      int read = stage == Stage.READY ? 0 : SelectionKey.OP_READ;
      key.interestOps(out.isEmpty() ? read : read | SelectionKey.OP_WRITE);
    }
  }

  private void step(ByteBuffer bytes) throws IOException, StrangerException {
    switch (stage) {
      case GREETING -> readGreeting(bytes);
      case PROOF -> readProof(bytes);
      case INTRODUCTION -> readIntroduction(bytes.array());
      case VERDICT -> readVerdict(bytes);
      case REASON ->
          throw new StrangerException("refused this worker: " + text(bytes), expected >= 0);
      case JOINED -> readReady(bytes.order(ByteOrder.LITTLE_ENDIAN));
      case ABORT -> throw new AbortedException(teller, bytes.array());
      default -> throw new IllegalStateException("nothing is read while " + stage);
    }
  }

  private void readGreeting(ByteBuffer bytes) throws StrangerException {
    if (!HandshakeMessages.hasMagic(bytes)) {
      throw new StrangerException("is no worker: it sent other bytes than a greeting", false);
    }
    int version = bytes.getInt();
    if (version != HandshakeMessages.VERSION) {
      throw new StrangerException(
          "speaks version "
              + version
              + " of the exchange, this worker version "
              + HandshakeMessages.VERSION,
          expected >= 0);
    }
    itsNonce = new byte[Proof.NONCE_BYTES];
    bytes.get(itsNonce);
    byte[] proof = Proof.of(token, expected >= 0, nonce, itsNonce, introduction);
    out.add(HandshakeMessages.proof(proof, introduction));
    need(Stage.PROOF, Proof.BYTES + 4);
  }

  private void readProof(ByteBuffer bytes) throws StrangerException {
    itsProof = new byte[Proof.BYTES];
    bytes.get(itsProof);
    int length = bytes.getInt();
    if (length < 1 || length > Introduction.MOST_BYTES) {
      throw new StrangerException("is no worker: it tells " + length + " bytes of itself", false);
    }
    need(Stage.INTRODUCTION, length);
  }

  private void readIntroduction(byte[] bytes) throws StrangerException {
    // Before anything in it is believed.
    if (!Proof.isEqual(itsProof, Proof.of(token, expected < 0, itsNonce, nonce, bytes))) {
      throw new StrangerException("has another secret (token) than this worker", expected >= 0);
    }
    Introduction its = Introduction.parse(bytes);
    if (its == null) {
      throw new StrangerException("sent an introduction that cannot be read", expected >= 0);
    }
    String refusal;
    try {
      refusal = judge.judge(this, its);
    } catch (ExchangeException e) {
      refuse(e.getMessage());
      throw e;
    }
    if (refusal != null) {
      refuse(refusal);
      throw new StrangerException("was refused: " + refusal, false);
    }
    answered = true;
    out.add(HandshakeMessages.taken());
    need(Stage.VERDICT, HandshakeMessages.VERDICT_BYTES);
  }

  private void readVerdict(ByteBuffer bytes) throws StrangerException {
    byte verdict = bytes.get();
    int length = bytes.getInt();
    if (verdict == HandshakeMessages.TAKEN && length == 0) {
      need(Stage.JOINED, FrameHeader.BYTES);
    } else if (verdict == HandshakeMessages.REFUSED
        && length > 0
        && length <= HandshakeMessages.MOST_REASON) {
      need(Stage.REASON, length);
    } else {
      throw new StrangerException("sent an answer that cannot be read", expected >= 0);
    }
  }

  private void readReady(ByteBuffer bytes) throws StrangerException {
    FrameHeader header = new FrameHeader();
    if (header.read(bytes, 0) && header.kind == Kind.READY) {
      stage = Stage.READY;
    } else if (header.kind == Kind.ABORT && header.length > 0) {
      teller = header.part;
      need(Stage.ABORT, header.length);
    } else {
      throw new StrangerException("sent what does not fit while the group forms", true);
    }
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  /** Tells the other that this worker has all. */
  void sendReady() throws IOException {
    out.add(HandshakeMessages.frame(Kind.READY, 0, ""));
    flush();
  }

  /**
   * Tells the other, if it has proved that it may know, why the group does not form, and closes.
   *
   * @param reason in words
   * @param rank the worker that found it
   */
  void end(String reason, int rank) {
    try {
      if (answered) {
        out.add(HandshakeMessages.frame(Kind.ABORT, rank, reason));
      }
      flush();
      if (channel.isConnected()) {
        channel.shutdownOutput();
      }
    } catch (IOException e) {
      // The other finds out by itself.
    }
    close();
  }

  private void refuse(String reason) {
    out.add(HandshakeMessages.refused(reason));
    try {
      flush();
    } catch (IOException e) {
      // The other finds out by itself.
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // There is nobody to whom it matters.
    }
  }
}
