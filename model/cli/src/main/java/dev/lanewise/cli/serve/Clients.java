package dev.lanewise.cli.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the exchanges of the JDK's server, each on a virtual thread, and waits for none of its
 * clients without end. While a thread waits for what its client sends it may be interrupted, which
 * closes the connection: when its time is over, when too many others are waited for, and when the
 * server ends.
 */
final class Clients implements Executor {
  private static final long TICK_NANOS = 50_000_000;

  private final ExecutorService threads;
  private final long nanos;
  private final int most;
  private final Runnable crowded;

  /** Threads that wait for their clients, and until when: the one that began first is first. */
  private final Map<Thread, Long> waiting = new LinkedHashMap<>();

  /** Threads that work on a request. */
  private final Set<Thread> working = new HashSet<>();

  private boolean ending;
  private boolean toldCrowded;

  /**
   * Starts without clients.
   *
   * @param threads makes the threads
   * @param time that a client may keep it waiting
   * @param most clients that are waited for at the same time; beyond them the one that is waited
   *     for the longest is cut off
   * @param crowded called the first time that one is cut off for that
   */
  Clients(ExecutorService threads, Duration time, int most, Runnable crowded) {
    this.threads = threads;
    this.nanos = time.toNanos();
    this.most = most;
    this.crowded = crowded;
    threads.execute(this::watch);
  }

  /**
   * Runs an exchange, which waits for its request first.
   *
   * @throws RejectedExecutionException where the server ends: the connection is closed then
   */
  @Override
  public void execute(Runnable exchange) {
    if (isEnding()) {
      throw new RejectedExecutionException("the server ends");
    }
    threads.execute(
        () -> {
          try {
            waitFor();
            exchange.run();
          } finally {
            left();
          }
        });
  }

  private synchronized boolean isEnding() {
    return ending;
  }

  /** This thread waits for its client from now on; where the server ends, without being cut off. */
  void waitFor() {
    boolean tell;
    synchronized (this) {
      if (ending) {
        return;
      }
      working.remove(Thread.currentThread());
      waiting.put(Thread.currentThread(), System.nanoTime() + nanos);
      tell = waiting.size() > most && !toldCrowded;
      toldCrowded |= tell;
      if (waiting.size() > most) {
        cutOff(waiting.keySet().iterator());
      }
    }
    if (tell) {
      crowded.run();
    }
  }

  private static void cutOff(Iterator<Thread> threads) {
    Thread oldest = threads.next();
    threads.remove();
    oldest.interrupt();
  }

  /**
   * This thread has its client's request, and works on it from now on.
   *
   * @throws IOException where the client was cut off
   */
  synchronized void received() throws IOException {
    if (waiting.remove(Thread.currentThread()) == null) {
      throw new IOException("the client was cut off");
    }
    working.add(Thread.currentThread());
  }

  private synchronized void left() {
    waiting.remove(Thread.currentThread());
    working.remove(Thread.currentThread());
    notifyAll();
  }

  /** Cuts off whose time is over, until the server ends. */
  private void watch() {
    while (!isEnding()) {
      LockSupport.parkNanos(TICK_NANOS);
      cutOffLate();
    }
  }

  private synchronized void cutOffLate() {
    Iterator<Map.Entry<Thread, Long>> all = waiting.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Thread, Long> next = all.next();
      if (next.getValue() - System.nanoTime() > 0) {
        return;
      }
      all.remove();
      next.getKey().interrupt();
    }
  }

  /**
   * Takes no more exchanges, cuts off the clients that are waited for, and returns once what is
   * worked on is answered.
   *
   * @param time that it waits for that
   */
  synchronized void end(Duration time) throws InterruptedException {
    ending = true;
    waiting.keySet().forEach(Thread::interrupt);
    waiting.clear();
    long until = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (!working.isEmpty() && left > 0) {
      wait(Math.ceilDiv(left, 1_000_000L));
      left = until - System.nanoTime();
    }
  }
}
