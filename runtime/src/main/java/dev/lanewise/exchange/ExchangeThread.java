package dev.lanewise.exchange;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/** Sends and receives over some of a worker's links, and adds up. */
final class ExchangeThread extends Thread {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MOST_BEAT_NANOS = 5_000 * NANOS_PER_MILLI;

  /** How long the others get to read why this worker failed. */
  private static final long ABORT_NANOS = 1_000 * NANOS_PER_MILLI;

  /** Enough for what a connection holds. */
  private static final int LAST_READS = 16;

  private final SocketGroup group;
  private final List<Link> links;
  private final Selector selector;
  private final long stallNanos;
  private final long beatNanos;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final Consumer<SelectionKey> ready = this::ready;

  ExchangeThread(
      String name, SocketGroup group, List<Link> links, Selector selector, ExchangeOptions options)
      throws IOException {
    super(name);
    setDaemon(true);
    this.group = group;
    this.links = links;
    this.selector = selector;
    this.stallNanos = options.stallTimeout().toNanos();
    this.beatNanos = Math.min(stallNanos / 4, MOST_BEAT_NANOS);
    for (Link link : links) {
      link.register(this, selector, new WireFormat(options.precision()));
    }
  }

  /** Makes the thread look for what is new. */
  void wake() {
    if (Thread.currentThread() != this) {
      selector.wakeup();
    }
  }

  /** Has the thread run something. */
  void post(Runnable task) {
    synchronized (tasks) {
      tasks.add(task);
    }
    wake();
  }

  private Runnable nextTask() {
    synchronized (tasks) {
      return tasks.poll();
    }
  }

  @Override
  public void run() {
    try {
      while (group.state().isRunning()) {
        step();
      }
    } catch (ExchangeException e) {
      group.fail(e);
    } catch (Throwable e) {
      group.fail(new ExchangeException("the exchange of this worker failed: " + e));
    }
    try {
      end();
    } catch (IOException e) {
      // All is closed below.
    } finally {
      links.forEach(Link::close);
      close();
    }
  }

  private void close() {
    try {
      selector.close();
    } catch (IOException e) {
      // There is nobody to whom it matters.
    }
  }

  private void step() throws IOException {
    // What came before this moment is read before anybody is taken for dead.
    long before = System.nanoTime();
    selector.select(ready, Math.max(1, beatNanos / 2 / NANOS_PER_MILLI));
    for (Runnable task = nextTask(); task != null; task = nextTask()) {
      task.run();
    }
    long now = System.nanoTime();
    for (int i = 0; i < links.size(); i++) {
      Link link = links.get(i);
      if (link.isOpen() && !link.hasLeft()) {
        if (before - link.heard() > stallNanos) {
          throw new ExchangeException(
              "nothing was heard of "
                  + link.name()
                  + " for "
                  + Durations.text(stallNanos)
                  + ": its process or the network stands still");
        }
        link.beat(now, beatNanos);
        flush(link);
      }
    }
  }

  private void ready(SelectionKey key) {
    if (key.isValid() && key.isReadable()) {
      read((Link) key.attachment());
    }
  }

  private void read(Link link) {
    IOException problem = null;
    try {
      if (link.read()) {
        return;
      }
    } catch (IOException e) {
      problem = e;
    }
    link.close();
    group.disconnected(link, problem);
  }

  private void flush(Link link) {
    try {
      link.flush();
    } catch (IOException e) {
      // It may have said why, before it closed the connection.
      for (int i = 0; i < LAST_READS && link.isOpen(); i++) {
        read(link);
      }
      if (link.isOpen()) {
        link.close();
        group.disconnected(link, e);
      }
    }
  }

  /** Sends what is left, or why this worker failed, and waits until the others have closed. */
  private void end() throws IOException {
    ExchangeException failure = group.state().failure();
    for (Link link : links) {
      link.end(failure == null ? null : group.abortMessage(failure));
    }
    long start = System.nanoTime();
    long limit = failure == null ? stallNanos : ABORT_NANOS;
    while (true) {
      boolean open = false;
      for (Link link : links) {
        if (link.isOpen()) {
          endOutput(link);
          open |= link.isOpen();
        }
      }
      if (!open || group.isHurried() || System.nanoTime() - start > limit) {
        return;
      }
      selector.select(ready, 10);
    }
  }

  private static void endOutput(Link link) {
    try {
      if (link.flush()) {
        link.shut();
      }
    } catch (IOException e) {
      link.close();
    }
  }
}
