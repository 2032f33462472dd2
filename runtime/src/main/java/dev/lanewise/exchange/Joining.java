package dev.lanewise.exchange;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Makes a group of connections, on the thread that waits for it. */
final class Joining {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A connection that has not joined after so long is given up. */
  private static final long HANDSHAKE_NANOS = 10_000 * NANOS_PER_MILLI;

  private static final long SELECT_MILLIS = 50;

  /** Connections from outside that may be open before they have joined. */
  private static final int MOST_STRANGERS = 256;

  private final ServerSocketChannel server;
  private final Hello hello;
  private final List<InetSocketAddress> addresses;
  private final ExchangeOptions options;
  private final Introduction introduction;
  private final byte[] introductionBytes;
  private final Roster roster;
  private final int rank;
  private final long began = System.nanoTime();

  /** From outside, and not known yet. */
  private final ArrayDeque<Handshake> strangers = new ArrayDeque<>();

  private final Absences absences;
  private final Notices notices;
  private Selector selector;
  private boolean told;

  Joining(
      ServerSocketChannel server,
      Hello hello,
      List<InetSocketAddress> addresses,
      ExchangeOptions options,
      Consumer<String> told) {
    this.server = server;
    this.hello = hello;
    this.addresses = List.copyOf(addresses);
    this.options = options;
    this.rank = hello.rank();
    this.introduction = Introduction.of(hello, options.precision());
    this.introductionBytes = introduction.bytes();
    this.roster = new Roster(rank, addresses);
    this.absences = new Absences(rank);
    this.notices = new Notices(told, began);
  }

  WorkerGroup run() {
    try (Selector opened = Selector.open()) {
      selector = opened;
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (!isComplete()) {
        step();
      }
    } catch (IOException e) {
      throw failed(new ExchangeException("this worker cannot connect: " + text(e)));
    } catch (ExchangeException e) {
      throw failed(e);
    }
    strangers.forEach(Handshake::close);
    try {
      return new SocketGroup(rank, roster.names(), roster.channels(), options);
    } catch (IOException e) {
      throw failed(new ExchangeException("this worker cannot exchange: " + text(e)));
    }
  }

  private ExchangeException failed(ExchangeException cause) {
    int teller = cause.teller() < 0 ? rank : cause.teller();
    for (Handshake member : roster.connections()) {
      member.end(cause.reason(), teller);
    }
    strangers.forEach(Handshake::close);
    return cause;
  }

  /** Tells all once this worker has all, and returns whether all have told it. */
  private boolean isComplete() {
    if (!roster.allHaveJoined()) {
      return false;
    }
    if (!told) {
      told = true;
      roster.connections().forEach(this::tell);
    }
    return roster.allAreReady();
  }

  private void tell(Handshake member) {
    try {
      member.sendReady();
    } catch (IOException e) {
      throw lost(member, e);
    }
  }

  private ExchangeException lost(Handshake member, IOException problem) {
    return new ExchangeException(
        "the connection to "
            + roster.name(member)
            + " broke while the group formed: "
            + text(problem));
  }

  private void step() throws IOException {
    long now = System.nanoTime();
    if (now - began > options.connectTimeout().toNanos()) {
      List<String> reasons = roster.missing(absences);
      reasons.addAll(absences.turnedAway());
      throw new ExchangeException(
          "the group of "
              + roster.size()
              + " workers was not complete within "
              + Durations.text(options.connectTimeout().toNanos())
              + ": "
              + String.join("; ", reasons));
    }
    if (notices.areDue(now)) {
      notices.waiting(roster.missing(absences), now);
    }
    for (int i = 0; i < rank; i++) {
      if (roster.get(i) == null && absences.mayRetry(i)) {
        connect(i);
      }
    }
    selector.select(SELECT_MILLIS);
    if (Thread.currentThread().isInterrupted()) {
      throw new ExchangeException(roster.name(rank) + " was interrupted while the group formed");
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept();
      } else if (key.isValid()) {
        advance((Handshake) key.attachment());
      }
    }
    selector.selectedKeys().clear();
    giveUp(System.nanoTime());
  }

  private void connect(int member) throws IOException {
    InetSocketAddress address = addresses.get(member);
    if (address.isUnresolved()) {
      address = new InetSocketAddress(address.getHostString(), address.getPort());
    }
    SocketChannel channel = SocketChannel.open();
    Handshake handshake = handshake(channel, member);
    roster.set(member, handshake);
    try {
      prepare(channel);
      if (address.isUnresolved()) {
        throw new IOException("its host is unknown");
      }
      boolean connected = channel.connect(address);
      SelectionKey key =
          channel.register(selector, connected ? 0 : SelectionKey.OP_CONNECT, handshake);
      if (connected) {
        handshake.greet(key);
      } else {
        handshake.connect(key);
      }
    } catch (IOException e) {
      drop(handshake, text(e));
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    if (strangers.size() == MOST_STRANGERS) {
      drop(strangers.peek(), "was one of too many that had not joined");
    }
    Handshake handshake = handshake(channel, -1);
    strangers.add(handshake);
    try {
      prepare(channel);
      handshake.greet(channel.register(selector, 0, handshake));
    } catch (IOException e) {
      drop(handshake, text(e));
    }
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private Handshake handshake(SocketChannel channel, int expected) {
    return new Handshake(channel, expected, hello.token(), introductionBytes, this::judge);
  }

  private void advance(Handshake handshake) {
    try {
      handshake.advance();
    } catch (AbortedException e) {
      throw SocketGroup.aborted(roster.names(), roster.name(handshake), e.teller(), e.reason());
    } catch (IOException e) {
      if (told && roster.memberOf(handshake) >= 0) {
        throw lost(handshake, e);
      }
      drop(handshake, text(e));
    } catch (StrangerException e) {
      if (e.isFatal()) {
        throw new ExchangeException(roster.name(handshake) + " " + e.getMessage());
      }
      drop(handshake, e.getMessage());
    }
  }

  /** Gives up a connection; another may come instead. */
  private void drop(Handshake handshake, String problem) {
    String remote = handshake.remote();
    handshake.close();
    strangers.remove(handshake);
    int member = roster.memberOf(handshake);
    if (member >= 0) {
      roster.set(member, null);
    }
    if (handshake.expected() >= 0) {
      absences.failed(handshake.expected(), problem);
    } else {
      absences.turnedAway(remote, problem);
      notices.turnedAway(remote, problem);
    }
  }

  private void giveUp(long now) {
    for (Handshake handshake : roster.connections()) {
      if (!handshake.isJoined()) {
        giveUp(handshake, now);
      }
    }
    for (Handshake handshake : List.copyOf(strangers)) {
      giveUp(handshake, now);
    }
  }

  private void giveUp(Handshake handshake, long now) {
    if (now - handshake.began() > HANDSHAKE_NANOS) {
      drop(handshake, "did not join within " + Durations.text(HANDSHAKE_NANOS));
    }
  }

  /** Judges a worker that has proved that it belongs to the group. */
  private String judge(Handshake handshake, Introduction its) {
    boolean connected = handshake.expected() >= 0;
    boolean known = its.rank() >= 0 && its.rank() < roster.size();
    String name =
        connected
            ? roster.name(handshake.expected())
            : known ? roster.name(its.rank()) : "the worker at " + handshake.remote();
    String difference = introduction.difference(its, name);
    if (difference != null) {
      throw new ExchangeException(difference);
    }
    if (connected) {
      if (its.rank() != handshake.expected()) {
        throw new ExchangeException(
            name + " says that it is worker " + its.rank() + ": the addresses are mixed up");
      }
      return null;
    }
    if (!known || its.rank() <= rank) {
      return "worker "
          + rank
          + " of "
          + roster.size()
          + " is connected to by those of higher rank, got rank "
          + its.rank();
    }
    if (roster.get(its.rank()) != null) {
      // It may be gone already.
      advance(roster.get(its.rank()));
    }
    if (roster.get(its.rank()) != null) {
      return "rank " + its.rank() + " is taken by another worker";
    }
    strangers.remove(handshake);
    roster.set(its.rank(), handshake);
    return null;
  }

  static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  static String text(Exception problem) {
    return problem.getMessage() == null ? problem.toString() : problem.getMessage();
  }
}
