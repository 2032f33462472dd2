package dev.lanewise.exchange;

import dev.lanewise.exchange.FrameHeader.Kind;
import dev.lanewise.kernel.update.Bfloat16;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A sum over sockets. Each bucket is cut into a piece for each worker, its owner: the others send
 * their terms of the piece to the owner, who adds them up and sends the sum to all. That can only
 * reach a worker after its terms have left it, so the sum may replace them.
 */
final class PlannedSum implements ArraySum, Awaited {
  private final SocketGroup group;
  private final SumLayout layout;
  private final RoundOrder order;
  private final int rank;

  /** By rank; null at this worker's. */
  private final PeerSum[] peers;

  /** By bucket; null where this worker's piece is empty. */
  private final OwnPiece[] own;

  /** What happens in a round before its sums are there and its arrays free. */
  private final int steps;

  private final AtomicInteger left = new AtomicInteger();

  /** Those of the round. */
  private final float[][] terms;

  private volatile int round;
  private volatile int started;

  PlannedSum(SocketGroup group, int id, SumLayout layout) {
    this.group = group;
    this.layout = layout;
    this.rank = group.rank();
    this.order = new RoundOrder(layout, rank);
    this.terms = new float[layout.terms(rank)][];
    this.peers = new PeerSum[layout.workers()];
    for (int worker = 0; worker < peers.length; worker++) {
      if (worker != rank) {
        peers[worker] = new PeerSum(id, layout, rank, worker);
      }
    }
    this.own = new OwnPiece[layout.buckets()];
    for (int bucket : layout.owned(rank)) {
      own[bucket] = new OwnPiece(id, bucket);
    }
    // Sums of others that come, own ones that are made, and these sent to each other worker.
    int others = peers.length - 1;
    int results =
        IntStream.range(0, peers.length)
            .filter(worker -> worker != rank)
            .map(worker -> layout.owned(worker).length)
            .sum();
    this.steps = results + layout.owned(rank).length * (1 + others);
  }

  @Override
  public void begin(float[][] arrays) {
    group.state().check();
    order.begin(arrays);
    System.arraycopy(arrays, 0, terms, 0, terms.length);
    started = 0;
    left.set(steps);
    round++;
  }

  @Override
  public void start(int bucket) {
    group.state().check();
    order.start(bucket);
    started = bucket + 1;
    for (int worker = 0; worker < peers.length; worker++) {
      if (worker != rank) {
        ArrayMessage message = peers[worker].termsMessage(bucket);
        if (message != null) {
          message.begin(round, terms);
          group.link(worker).send(message);
        }
      }
    }
    if (own[bucket] != null && own[bucket].arrive()) {
      group.thread(bucket).post(own[bucket]);
    }
  }

  @Override
  public void await() {
    group.state().check();
    order.end();
    group.await(this);
    Arrays.fill(terms, null);
  }

  /** Takes a frame, on its link's thread. */
  void receive(Link from, FrameHeader header, MemorySegment body, long at) {
    PeerSum peer = peers[from.rank()];
    if (header.kind == Kind.TERMS) {
      if (peer.receiveTerms(from, header, body, at) && own[header.part].arrive()) {
        own[header.part].run();
      }
    } else {
      if (header.part < 0 || header.part >= started || header.round != round) {
        throw from.misfit(header);
      }
      if (peer.receiveResult(from, header, body, at, terms)) {
        stepDone();
      }
    }
  }

  private void stepDone() {
    if (left.decrementAndGet() == 0) {
      group.state().changed();
    }
  }

  @Override
  public boolean isDone() {
    return left.get() == 0;
  }

  @Override
  public boolean needs(int worker) {
    return peers[worker].missingTerms(round) != null || peers[worker].missingSums(round) != null;
  }

  /** Who has not sent its sums may wait itself for another's terms. */
  @Override
  public String missing(int worker) {
    for (PeerSum peer : peers) {
      if (peer != null && peer.missingTerms(round) != null) {
        return peers[worker].missingTerms(round);
      }
    }
    return peers[worker].missingSums(round);
  }

  @Override
  public String what() {
    return "round " + round + " of a sum";
  }

  /** This worker's piece of a bucket; runs once the terms of all workers are there. */
  private final class OwnPiece implements Runnable {
    private final Piece piece;
    private final PieceSum sum;

    /** To each other worker. */
    private final ArrayMessage[] results;

    private final AtomicInteger awaited;

    OwnPiece(int id, int bucket) {
      piece = layout.piece(bucket, rank);
      int[] workers = layout.workerOfTerm();
      float[][] received = new float[workers.length][];
      for (int i = 0; i < received.length; i++) {
        if (workers[i] != rank) {
          int first = i;
          while (first > 0 && workers[first - 1] == workers[i]) {
            first--;
          }
          received[i] = peers[workers[i]].received(bucket)[i - first];
        }
      }
      sum = new PieceSum(piece, layout.merges(), received);
      results = new ArrayMessage[peers.length];
      for (int worker = 0; worker < peers.length; worker++) {
        if (worker != rank) {
          PeerSum peer = peers[worker];
          Runnable sent =
              () -> {
                peer.countSent();
                stepDone();
              };
          results[worker] = new ArrayMessage(Kind.RESULT, id, bucket, new Cursor(piece, 1), sent);
        }
      }
      awaited = new AtomicInteger(peers.length);
    }

    /** Counts a worker's terms; true at the last. */
    boolean arrive() {
      return awaited.decrementAndGet() == 0;
    }

    @Override
    public void run() {
      sum.run(terms);
      if (group.precision() == Precision.BF16) {
        for (int run = 0; run < piece.runs(); run++) {
          Bfloat16.round(terms[0], piece.from(run), piece.to(run));
        }
      }
      // Before anybody can know the sum, and so send terms of the next round.
      awaited.set(peers.length);
      int now = round;
      for (int worker = 0; worker < results.length; worker++) {
        if (worker != rank) {
          results[worker].begin(now, terms);
          group.link(worker).send(results[worker]);
        }
      }
      stepDone();
    }
  }
}
