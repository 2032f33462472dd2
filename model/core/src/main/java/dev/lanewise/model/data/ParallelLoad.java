package dev.lanewise.model.data;

import dev.lanewise.parallel.WorkerPool;
import java.util.function.IntFunction;

/** Makes the images of a data set on all processors. */
final class ParallelLoad {
  private final IntFunction<byte[]> maker;
  private final LoadListener listener;
  private final byte[][] images;

  // Guarded by this.
  private int loaded;
  private int failedIndex = Integer.MAX_VALUE;
  private RuntimeException failure;

  private ParallelLoad(int count, LoadListener listener, IntFunction<byte[]> maker) {
    this.images = new byte[count][];
    this.listener = listener;
    this.maker = maker;
  }

  /**
   * Makes {@code count} images; what each is depends on its number alone.
   *
   * @throws RuntimeException what {@code maker} threw for the first image that it failed at
   */
  static byte[][] images(int count, LoadListener listener, IntFunction<byte[]> maker) {
    ParallelLoad load = new ParallelLoad(count, listener, maker);
    try (WorkerPool pool = new WorkerPool()) {
      pool.run(count, (index, slot) -> load.make(index));
    }
    if (load.failure != null) {
      throw load.failure;
    }
    return load.images;
  }

  private void make(int index) {
    synchronized (this) {
      // Parts start in their order, so all before the first failure still run.
      if (failedIndex < index) {
        return;
      }
    }
    try {
      images[index] = maker.apply(index);
      made();
    } catch (RuntimeException e) {
      failed(index, e);
    }
  }

  private synchronized void made() {
    loaded++;
    listener.loaded(loaded, images.length);
  }

  private synchronized void failed(int index, RuntimeException e) {
    if (index < failedIndex) {
      failedIndex = index;
      failure = e;
    }
  }
}
