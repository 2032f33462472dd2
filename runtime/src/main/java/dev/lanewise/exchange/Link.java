package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * The connection to one other worker. Its exchange thread alone reads and writes; any may {@link
 * #send}.
 */
final class Link {
  private static final int CAPACITY = 4 * (FrameHeader.BYTES + FrameHeader.MOST_BYTES);

  /** Reads in a row, so that one link does not keep a thread from the others. */
  private static final int READS = 4;

  private final int rank;
  private final String name;
  private final SocketChannel channel;
  private final SocketGroup group;

  private final ByteBuffer in = ByteBuffer.allocateDirect(CAPACITY).order(ByteOrder.LITTLE_ENDIAN);
  private final MemorySegment received = MemorySegment.ofBuffer(in);
  private final FrameHeader header = new FrameHeader();
  private final ArrayDeque<Message> queue = new ArrayDeque<>();
  private final BytesMessage heartbeat = BytesMessage.plain(Kind.HEARTBEAT);

  private FrameWriter out;
  private WireFormat wire;
  private ExchangeThread thread;
  private SelectionKey key;
  private Message current;
  private long heard;
  private long sent;
  private boolean ending;
  private boolean shut;
  private volatile boolean left;

  Link(int rank, String name, SocketChannel channel, SocketGroup group) {
    this.rank = rank;
    this.name = name;
    this.channel = channel;
    this.group = group;
  }

  void register(ExchangeThread owner, Selector selector, WireFormat format) throws IOException {
    thread = owner;
    wire = format;
    out = new FrameWriter(format);
    key = channel.register(selector, SelectionKey.OP_READ, this);
    heard = System.nanoTime();
    sent = heard;
  }

  int rank() {
    return rank;
  }

  /** The worker in words: rank and address. */
  String name() {
    return name;
  }

  WireFormat wire() {
    return wire;
  }

  /** Whether the worker said goodbye. */
  boolean hasLeft() {
    return left;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** When something was last heard, in nanoseconds. */
  long heard() {
    return heard;
  }

  /** Queues a message. */
  void send(Message message) {
    synchronized (queue) {
      queue.add(message);
    }
    thread.wake();
  }

  private Message next() {
    synchronized (queue) {
      return queue.poll();
    }
  }

  /** Reads what is there; false at the end of the connection. */
  boolean read() throws IOException {
    for (int i = 0; i < READS; i++) {
      int count = channel.read(in);
      if (count <= 0) {
        return count == 0;
      }
      heard = System.nanoTime();
      if (ending) {
        in.clear();
      } else {
        parse();
      }
    }
    return true;
  }

  private void parse() {
    int end = in.position();
    int at = 0;
    while (end - at >= FrameHeader.BYTES) {
      if (!header.read(in, at)) {
        throw new ExchangeException(name + " sent what is no frame of the exchange");
      }
      int body = at + FrameHeader.BYTES;
      if (end - body < header.length) {
        break;
      }
      group.receive(this, header, received, body);
      at = body + header.length;
    }
    in.limit(end).position(at);
    in.compact();
  }

  void markLeft() {
    left = true;
  }

  /** What is told when a frame is none of those that may come now. */
  ExchangeException misfit(FrameHeader frame) {
    return new ExchangeException(
        name
            + " sent a frame that does not fit what this worker does: "
            + frame.kind
            + " of "
            + frame.id
            + ", round "
            + frame.round
            + ", part "
            + frame.part
            + ", offset "
            + frame.offset
            + ", "
            + frame.length
            + " bytes");
  }

  /** Sends as much as the connection takes; returns whether all is sent. */
  boolean flush() throws IOException {
    ByteBuffer buffer = out.buffer();
    while (true) {
      fill();
      if (buffer.position() == 0) {
        break;
      }
      buffer.flip();
      int count = channel.write(buffer);
      boolean all = !buffer.hasRemaining();
      buffer.compact();
      if (count > 0) {
        sent = System.nanoTime();
      }
      if (!all) {
        break;
      }
    }
    boolean done = buffer.position() == 0;
    int wanted = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
    return done;
  }

  private void fill() {
    while (out.hasRoom()) {
      if (current == null) {
        current = next();
      }
      if (current == null) {
        return;
      }
      if (current.putFrame(out)) {
        current = null;
      }
    }
  }

  /** Shows that this worker lives, where nothing else did for a while. */
  void beat(long now, long every) {
    if (now - sent >= every && out.buffer().position() == 0) {
      heartbeat.putFrame(out);
      sent = now;
    }
  }

  /**
   * From now on nothing received matters.
   *
   * @param last replaces what is still to be sent; null to send all
   */
  void end(Message last) {
    ending = true;
    in.clear();
    if (last != null) {
      synchronized (queue) {
        queue.clear();
        queue.add(last);
      }
      current = null;
    }
  }

  /** Tells the other side that nothing follows. */
  void shut() throws IOException {
    if (!shut) {
      shut = true;
      channel.shutdownOutput();
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
