package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.kernel.SharedStatistics;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Lets the shards of this process take turns, each from one place where all shards tell each other
 * of their statistics to the next: one at a time works, in the order of the shards. The last to
 * come to a place joins them with those of other workers.
 */
final class Lockstep {
  private static final byte NUMBERS = 0;
  private static final byte END = 1;

  private final WorkerGroup group;

  // Guarded by this.
  private int turn;
  private long places;
  private double[][] own = {};
  private double[][] all = {};
  private Throwable failure;

  Lockstep(WorkerGroup group) {
    this.group = group;
  }

  /**
   * Works on all shards, to their ends.
   *
   * @param shards how many there are in this process; 0 to follow other workers
   * @param work on one of them, by its number here
   */
  void run(int shards, IntConsumer work) {
    own = new double[shards][];
    turn = 0;
    places = 0;
    failure = null;
    if (shards == 1) {
      work(0, work);
    } else {
      runOnThreads(shards, work);
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (group.size() > 1) {
      // Who has no shards does not know how many places there are.
      boolean ends = shards > 0;
      do {
        ends |= gather(ends ? END : NUMBERS);
      } while (shards == 0 && !ends);
    }
  }

  private void runOnThreads(int shards, IntConsumer work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      int shard = i;
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .name("lanewise-shard-" + shard)
              .start(() -> work(shard, work)));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      threads.forEach(Thread::interrupt);
      fail(new IllegalStateException("interrupted while shards are worked on", e));
    }
  }

  private void work(int shard, IntConsumer work) {
    try {
      await(shard, 0);
      work.accept(shard);
      pass(shard);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }

  /** Returns what a shard tells the others by. */
  SharedStatistics statistics(int shard) {
    return numbers -> tell(shard, numbers);
  }

  private double[][] tell(int shard, double[] numbers) {
    long place;
    synchronized (this) {
      own[shard] = numbers;
      place = places + 1;
    }
    if (shard == own.length - 1) {
      joinOthers();
    }
    pass(shard);
    await(shard, place);
    return all;
  }

  private void joinOthers() {
    if (group.size() == 1) {
      // Copies: a shard that goes on uses its numbers' array again before all have read them.
      all = Arrays.stream(own).map(double[]::clone).toArray(double[][]::new);
    } else {
      gather(NUMBERS);
    }
    synchronized (this) {
      places++;
    }
  }

  private synchronized void pass(int shard) {
    turn = (shard + 1) % own.length;
    notifyAll();
  }

  private synchronized void await(int shard, long place) {
    while (failure == null && (turn != shard || places < place)) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        fail(new IllegalStateException("interrupted while shards are worked on", e));
      }
    }
    if (failure != null) {
      throw new IllegalStateException("another shard has failed", failure);
    }
  }

  /** Exchanges the numbers of all shards with the other workers; returns whether they are done. */
  private boolean gather(byte kind) {
    int length = kind == END || own.length == 0 ? 0 : own[0].length;
    ByteBuffer bytes =
        LittleEndian.of(new byte[1 + Integer.BYTES + own.length * length * Double.BYTES]);
    bytes.put(kind).putInt(length);
    for (int i = 0; length > 0 && i < own.length; i++) {
      for (double number : own[i]) {
        bytes.putDouble(number);
      }
    }
    boolean ends = false;
    List<double[]> joined = new ArrayList<>();
    for (byte[] told : group.allGather(bytes.array())) {
      ByteBuffer from = LittleEndian.of(told);
      ends |= from.get() == END;
      int numbers = from.getInt();
      while (numbers > 0 && from.hasRemaining()) {
        double[] shard = new double[numbers];
        DoubleBuffer doubles = from.asDoubleBuffer();
        doubles.get(shard);
        from.position(from.position() + numbers * Double.BYTES);
        joined.add(shard);
      }
    }
    all = joined.toArray(double[][]::new);
    return ends;
  }
}
