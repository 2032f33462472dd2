package dev.lanewise.parallel;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs parallel regions on a ForkJoin pool of its own. The caller and one helper task per further
 * thread take parts until none is left, each first those of its own share of the region. What is
 * added to what, and in which order, depends on shapes alone, so results are the same on any number
 * of threads.
 *
 * <p>A helper spins for a short time after a region before it gives its thread back: regions follow
 * each other closely, and waking a parked thread costs more than many of them.
 *
 * <p>Regions do not nest, and only one thread at a time may call {@link #run}. Running a region
 * allocates nothing.
 *
 * <p>Not final, so that a subclass can time the parts of each region as they pass through {@link
 * #run}: how far a network's work can be shared out is measured that way.
 */
public class WorkerPool implements AutoCloseable {
  /** The largest number of threads. */
  public static final int MOST_THREADS = 1024;

  /** How long an idle helper spins; regions of a training step are rarely further apart. */
  private static final long SPIN_NANOS = 200_000;

  /** Spins between two looks at the clock, or two yields. */
  private static final int SPINS = 256;

  private final int threads;
  private final long spinNanos;
  private final ForkJoinPool pool;
  private final Helper[] helpers;

  private final Claims claims;
  private final AtomicInteger finished = new AtomicInteger();

  // Written before parts are offered, read after one is taken.
  private Task task;

  private boolean running;

  /** What the failing part with the lowest number threw; the same on any number of threads. */
  private Throwable failure;

  private int failedPart;
  private volatile boolean closed;

  /** Creates a pool of one thread per available processor. */
  public WorkerPool() {
    this(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Creates a pool.
   *
   * @param threads number of threads that work, the caller of {@link #run} included
   * @throws IllegalArgumentException where threads is not from 1 to {@link #MOST_THREADS}
   */
  public WorkerPool(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "a pool requires from 1 to " + MOST_THREADS + " threads, got " + threads);
    }
    this.threads = threads;
    this.claims = new Claims(threads);
    // With more threads than processors a spinning helper would keep a working one from its core.
    this.spinNanos = threads <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
    this.helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(this, i + 1);
    }
    this.pool =
        threads == 1
            ? null
            : new ForkJoinPool(threads - 1, WorkerPool::newThread, null, /* asyncMode= */ true);
  }

  private static ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setName("lanewise-" + thread.getPoolIndex());
    return thread;
  }

  /** {@return the number of threads, the calling one among them} */
  public final int threads() {
    return threads;
  }

  /**
   * Runs all parts and returns when all have run. What a part throws is thrown here once the others
   * have run; of several, what the part with the lowest number threw.
   *
   * @param parts number of parts; 0 is allowed
   * @param task what to run
   * @throws IllegalStateException when called from within a region, or on a closed pool
   */
  public void run(int parts, Task task) {
    if (closed) {
      throw new IllegalStateException("the pool is closed");
    }
    if (running) {
      throw new IllegalStateException("parallel regions do not nest");
    }
    running = true;
    if (threads == 1 || parts <= 1) {
      for (int i = 0; i < parts; i++) {
        runPart(task, i, 0);
      }
    } else {
      runOnAll(parts, task);
    }
    running = false;
    throwFailure();
  }

  private void runOnAll(int parts, Task task) {
    this.task = task;
    finished.set(0);
    claims.offer(parts);
    int wanted = Math.min(helpers.length, parts - 1);
    for (int i = 0; i < wanted; i++) {
      helpers[i].wake();
    }
    takeParts(0);
    for (int spins = 1; finished.get() < parts; spins++) {
      if (spins % SPINS == 0) {
        Thread.yield();
      }
      Thread.onSpinWait();
    }
  }

  /** Runs parts until none is left; returns whether it ran any. */
  private boolean takeParts(int thread) {
    boolean any = false;
    for (int part = claims.take(thread); part >= 0; part = claims.take(thread)) {
      any = true;
      runPart(task, part, thread);
      finished.incrementAndGet();
    }
    return any;
  }

  private void runPart(Task work, int index, int thread) {
    try {
      work.run(index, thread);
    } catch (Throwable e) {
      // Also checked exceptions, which other languages throw undeclared: a helper must survive.
      keepFailure(index, e);
    }
  }

  private synchronized void keepFailure(int part, Throwable thrown) {
    if (failure == null || part < failedPart) {
      failure = thrown;
      failedPart = part;
    }
  }

  /** Throws what a part threw; all parts have run, so no other thread writes it now. */
  private void throwFailure() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown != null) {
      throw new UndeclaredThrowableException(thrown);
    }
  }

  /** Ends the pool's threads. */
  @Override
  public void close() {
    closed = true;
    if (pool != null) {
      pool.shutdownNow();
    }
  }

  /** Lends one pool thread to regions for as long as they follow each other closely. */
  private static final class Helper extends ForkJoinTask<Void> {
    private static final long serialVersionUID = 1;

    private final transient WorkerPool owner;
    private final int thread;

    /** True from the moment the task is handed to the pool until it stops looking for work. */
    private final AtomicBoolean active = new AtomicBoolean();

    Helper(WorkerPool owner, int thread) {
      this.owner = owner;
      this.thread = thread;
    }

    void wake() {
      if (!active.get() && active.compareAndSet(false, true)) {
        owner.pool.execute(this);
      }
    }

    /** Returns false always: a task that never completes can be handed to the pool again. */
    @Override
    protected boolean exec() {
      do {
        workUntilIdle();
        active.set(false);
        // Work that came before the line above was seen by nobody: take it, unless woken anew.
      } while (owner.claims.any() && !owner.closed && active.compareAndSet(false, true));
      return false;
    }

    private void workUntilIdle() {
      long idleSince = System.nanoTime();
      int spins = 0;
      while (!owner.closed) {
        if (owner.takeParts(thread)) {
          idleSince = System.nanoTime();
        } else if (++spins % SPINS == 0 && System.nanoTime() - idleSince > owner.spinNanos) {
          return;
        }
        Thread.onSpinWait();
      }
    }

    @Override
    public Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(Void value) {
      // There is no result.
    }
  }
}
