package dev.lanewise.model.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets any number of threads use one network. A thread of the queue's own works on their calls in
 * the order in which they came: on all that wait, up to a number of images, together, since reading
 * the weights for one image takes as long as for many.
 *
 * <p>Callers who ask again and again would else fall into two groups, a small one and a large one
 * that wait for each other. So where several were there a moment ago, the queue waits for those who
 * have just been answered, for a part of the time that answering took. A caller who is alone never
 * waits.
 */
public final class CallQueue implements AutoCloseable {
  /** The part of a run's time for which the queue waits for callers to come back. */
  private static final int WAITING = 8;

  private final Inference inference;
  private final int most;
  private final boolean together;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Call> waiting = new ArrayDeque<>();
  private final Thread worker;
  private boolean closed;
  private long runs;

  // What the worker remembers of its last run.
  private int expected;
  private long until;

  /** What one caller asks. */
  private record Call(List<NetworkInput> images, CompletableFuture<float[][]> answer) {}

  /**
   * Starts the queue's thread.
   *
   * @param inference used by this queue alone
   * @param most images that are worked on together; no call has more
   * @param together whether calls may be worked on together: not where an image's answer depends on
   *     the others beside it
   */
  public CallQueue(Inference inference, int most, boolean together) {
    this.inference = inference;
    this.most = most;
    this.together = together;
    this.worker = Thread.ofPlatform().daemon().name("lanewise-calls").start(this::work);
  }

  /**
   * Returns what the network makes of images, once it is their turn.
   *
   * @throws CancellationException where the caller is interrupted before that; the others notice
   *     nothing of it
   * @throws IllegalStateException where the queue is closed
   */
  public float[][] call(List<NetworkInput> images) {
    Call call = new Call(images, new CompletableFuture<>());
    lock.lock();
    try {
      requireOpen();
      waiting.add(call);
      changed.signal();
    } finally {
      lock.unlock();
    }
    return Inference.finite(answer(call));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the classifier is closed");
    }
  }

  private float[][] answer(Call call) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return call.answer.get();
        } catch (InterruptedException e) {
          interrupted = true;
          if (withdraw(call)) {
            throw new CancellationException("interrupted while images waited for their turn");
          }
          // The network works on it already, which does not take long.
        }
      }
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean withdraw(Call call) {
    lock.lock();
    try {
      return waiting.remove(call);
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return (RuntimeException) thrown;
  }

  private void work() {
    for (List<Call> calls = take(); !calls.isEmpty(); calls = take()) {
      long begun = System.nanoTime();
      run(calls);
      remember(calls.size(), System.nanoTime() - begun);
    }
  }

  /** Waits for calls; returns none where the queue is closed. */
  private List<Call> take() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      awaitOthers();
      runs++;
      List<Call> calls = new ArrayList<>();
      int images = 0;
      while (!waiting.isEmpty() && images + waiting.peek().images.size() <= most) {
        images += waiting.peek().images.size();
        calls.add(waiting.remove());
        if (!together) {
          break;
        }
      }
      return calls;
    } finally {
      lock.unlock();
    }
  }

  private void awaitOthers() {
    long left = until - System.nanoTime();
    while (together && !closed && waiting.size() < expected && images() < most && left > 0) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        // Nobody has a reason to; the calls are worked on.
        return;
      }
    }
  }

  /** Returns the number of calls that wait. */
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how often the network was run. */
  long runs() {
    lock.lock();
    try {
      return runs;
    } finally {
      lock.unlock();
    }
  }

  private int images() {
    return waiting.stream().mapToInt(call -> call.images.size()).sum();
  }

  private void run(List<Call> calls) {
    try {
      List<NetworkInput> images = calls.stream().flatMap(call -> call.images.stream()).toList();
      float[][] rows = inference.run(images);
      int from = 0;
      for (Call call : calls) {
        int to = from + call.images.size();
        call.answer.complete(Arrays.copyOfRange(rows, from, to));
        from = to;
      }
    } catch (Throwable e) {
      // Whatever it is, the callers are told, and the next ones are worked on.
      calls.forEach(call -> call.answer.completeExceptionally(e));
    }
  }

  private void remember(int answered, long nanos) {
    lock.lock();
    try {
      expected = answered + waiting.size();
      until = System.nanoTime() + nanos / WAITING;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread once what it works on is done; calls that still wait, and later ones, fail. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Call call : waiting) {
        call.answer.completeExceptionally(new IllegalStateException("the classifier was closed"));
      }
      waiting.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    awaitEnd();
  }

  private void awaitEnd() {
    boolean interrupted = false;
    while (worker.isAlive()) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
