package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A group over sockets. */
final class SocketGroup implements WorkerGroup {
  private final int rank;
  private final List<String> names;

  /** By rank; null at this worker's. */
  private final Link[] links;

  private final ExchangeThread[] threads;
  private final Precision precision;
  private final Gathering gathering;

  private final GroupState state;
  private volatile boolean hurried;
  private volatile PlannedSum[] sums = {};

  /**
   * Starts the threads.
   *
   * @param names each worker in words
   * @param channels to each worker, null at this one's; connected and not blocking
   */
  SocketGroup(int rank, List<String> names, SocketChannel[] channels, ExchangeOptions options)
      throws IOException {
    this.rank = rank;
    this.names = List.copyOf(names);
    this.precision = options.precision();
    this.gathering = new Gathering(rank, channels.length);
    this.links = new Link[channels.length];
    List<Link> others = new ArrayList<>();
    for (int i = 0; i < channels.length; i++) {
      if (i != rank) {
        links[i] = new Link(i, names.get(i), channels[i], this);
        others.add(links[i]);
      }
    }
    this.state = new GroupState(this.names.get(rank), others, options.waitTimeout());
    this.threads = new ExchangeThread[Math.min(options.threads(), others.size())];
    for (int i = 0; i < threads.length; i++) {
      List<Link> share = new ArrayList<>();
      for (int j = i; j < others.size(); j += threads.length) {
        share.add(others.get(j));
      }
      String name = "lanewise-exchange-" + rank + "-" + i;
      threads[i] = new ExchangeThread(name, this, share, Selector.open(), options);
    }
    for (ExchangeThread thread : threads) {
      thread.start();
    }
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return links.length;
  }

  Precision precision() {
    return precision;
  }

  Link link(int worker) {
    return links[worker];
  }

  /** The thread that adds up a bucket which this worker completed itself. */
  ExchangeThread thread(int bucket) {
    return threads[bucket % threads.length];
  }

  @Override
  public byte[][] allGather(byte[] own) {
    return gather(Gathering.CALLED, own);
  }

  private byte[][] gather(int purpose, byte[] own) {
    state.check();
    if (own.length > MOST_GATHERED_BYTES) {
      throw new IllegalArgumentException(
          "a worker may give at most "
              + MOST_GATHERED_BYTES
              + " bytes to a gathering, got "
              + own.length);
    }
    int round = gathering.begin(purpose);
    byte[] sent = own.clone();
    for (Link link : links) {
      if (link != null) {
        link.send(BytesMessage.gather(purpose, round, sent));
      }
    }
    await(gathering);
    try {
      return gathering.take(own.clone(), links);
    } catch (ExchangeException e) {
      fail(e);
      throw e;
    }
  }

  @Override
  public ArraySum planSum(ShardTree tree, List<Bucket> buckets) {
    state.check();
    SumLayout layout = new SumLayout(tree, buckets, size());
    PlannedSum sum = new PlannedSum(this, sums.length, layout);
    // Before the gathering: who has passed it may send at once.
    PlannedSum[] more = Arrays.copyOf(sums, sums.length + 1);
    more[sums.length] = sum;
    sums = more;
    byte[] own = layout.fingerprint();
    byte[][] plans = gather(Gathering.PLAN, own);
    for (int i = 0; i < plans.length; i++) {
      if (!Arrays.equals(plans[i], own)) {
        fail(
            new ExchangeException(
                names.get(i)
                    + " plans "
                    + SumLayout.describe(plans[i])
                    + ", "
                    + names.get(rank)
                    + " plans "
                    + SumLayout.describe(own)
                    + "; all workers must plan the same ranges"));
        state.check();
      }
    }
    return sum;
  }

  /** Takes a frame, on its link's thread. */
  void receive(Link from, FrameHeader header, MemorySegment body, long at) {
    switch (header.kind) {
      case HEARTBEAT -> {
        // That it came is all.
      }
      case GOODBYE -> {
        from.markLeft();
        state.changed();
      }
      case ABORT -> throw aborted(from.name(), header, body, at);
      case GATHER -> {
        if (gathering.receive(from, header, body, at)) {
          state.changed();
        }
      }
      case TERMS, RESULT -> {
        PlannedSum[] planned = sums;
        if (header.id < 0 || header.id >= planned.length) {
          throw from.misfit(header);
        }
        planned[header.id].receive(from, header, body, at);
      }
      case READY -> throw from.misfit(header);
    }
  }

  private ExchangeException aborted(
      String sender, FrameHeader header, MemorySegment body, long at) {
    byte[] text = body.asSlice(at, header.length).toArray(ValueLayout.JAVA_BYTE);
    return aborted(names, sender, header.part, text);
  }

  /** What another worker told when it ended the exchange. */
  static ExchangeException aborted(List<String> names, String sender, int teller, byte[] text) {
    String reason = new String(text, StandardCharsets.UTF_8);
    String name = teller >= 0 && teller < names.size() ? names.get(teller) : sender;
    return new ExchangeException(name + " ended the exchange: " + reason, teller, reason);
  }

  BytesMessage abortMessage(ExchangeException cause) {
    return BytesMessage.abort(cause.teller() < 0 ? rank : cause.teller(), cause.reason());
  }

  /** A connection has ended, on its link's thread; {@code problem} is null at its regular end. */
  void disconnected(Link link, IOException problem) {
    if (link.hasLeft() || !state.isRunning()) {
      return;
    }
    fail(
        new ExchangeException(
            problem == null
                ? link.name()
                    + " closed the connection without a goodbye: its process has ended or was"
                    + " killed"
                : link.name()
                    + " broke the connection ("
                    + problem.getMessage()
                    + "): its process may have ended, or the network is down"));
  }

  GroupState state() {
    return state;
  }

  /** Whether closing must not wait for others. */
  boolean isHurried() {
    return hurried;
  }

  /** Ends the exchange; the first failure counts. */
  void fail(ExchangeException cause) {
    state.fail(cause);
    wakeAll();
  }

  private void wakeAll() {
    for (ExchangeThread thread : threads) {
      thread.wake();
    }
  }

  /** Waits for something; a failure ends the group. */
  void await(Awaited what) {
    try {
      state.await(what);
    } catch (ExchangeException e) {
      wakeAll();
      throw e;
    }
  }

  @Override
  public void abort(String reason) {
    fail(new ExchangeException(names.get(rank) + " ended the exchange: " + reason, rank, reason));
  }

  @Override
  public void close() {
    // At once for others: who answers a goodbye before this worker is closing seems to break off.
    synchronized (state) {
      if (state.isRunning()) {
        for (Link link : links) {
          if (link != null) {
            link.send(BytesMessage.plain(Kind.GOODBYE));
          }
        }
        state.close();
      }
    }
    wakeAll();
    boolean interrupted = false;
    for (ExchangeThread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          hurried = true;
          wakeAll();
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
