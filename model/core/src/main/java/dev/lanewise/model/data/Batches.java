package dev.lanewise.model.data;

import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.augment.Augmenter;
import dev.lanewise.model.augment.ImageSource;
import dev.lanewise.model.random.SplitMix;
import java.util.Arrays;

/**
 * Feeds the images of a data set in batches. Background threads read the images, augment them and
 * convert them to float32 while the caller works on an earlier batch; a fixed ring of buffers holds
 * what is ready, and nothing is allocated per batch.
 *
 * <p>The order depends on (seed, epoch) alone, and what augmentation does to an image on (seed,
 * epoch, image). One thread at a time may call the methods.
 *
 * <pre>{@code
 * try (Batches batches = new Batches(dataset, StandardPreprocessing.RESCALE, 32, true, seed)) {
 *   for (int epoch = 0; epoch < epochs; epoch++) {
 *     batches.startEpoch(epoch);
 *     for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
 *       step(batch);
 *     }
 *   }
 * }
 * }</pre>
 */
public final class Batches implements AutoCloseable {
  /** Batches beside those that are being filled: one with the caller, one ready. */
  private static final int SPARE = 2;

  /**
   * Decoding a photo of 500x375 takes 6 ms, and a processor trains one of 224x224 in 100 ms: a
   * quarter of the processors decodes even photos of four times as many pixels in time.
   */
  private static final int THREADS =
      Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 2, 8);

  private final ImageDataset dataset;
  private final Preprocessing preprocessing;
  private final Augmentation augmentation;
  private final int batchSize;
  private final BatchPart part;
  private final boolean shuffle;
  private final long seed;
  private final int batches;
  private final int[] order;
  private final Batch[] ring;
  private final Thread[] threads;

  // Guarded by this. Batch b lies in slot b % ring.length.
  private final boolean[] ready;
  private final Throwable[] failures;
  private int nextToFill;
  private int nextToTake;
  private int filling;
  private int epoch;
  private boolean closed;

  /**
   * Creates a feeder; {@link #startEpoch} starts it.
   *
   * @param dataset the images
   * @param preprocessing how bytes become floats
   * @param batchSize images in a batch; an epoch's last batch holds what is left
   * @param shuffle whether each epoch has its own random order; else that of the data set
   * @param seed seed of the random orders
   * @throws IllegalArgumentException where batchSize is not positive
   */
  public Batches(
      ImageDataset dataset,
      Preprocessing preprocessing,
      int batchSize,
      boolean shuffle,
      long seed) {
    this(dataset, preprocessing, Augmentation.NONE, batchSize, BatchPart.WHOLE, shuffle, seed);
  }

  /**
   * Creates a feeder of augmented images; {@link #startEpoch} starts it.
   *
   * @param dataset the images
   * @param preprocessing how bytes become floats
   * @param augmentation what is done to the images before that
   * @param batchSize images in a batch; an epoch's last batch holds what is left
   * @param part what is read of each batch
   * @param shuffle whether each epoch has its own random order; else that of the data set
   * @param seed seed of the random orders, and of what augmentation draws
   * @throws IllegalArgumentException where batchSize is not positive
   */
  public Batches(
      ImageDataset dataset,
      Preprocessing preprocessing,
      Augmentation augmentation,
      int batchSize,
      BatchPart part,
      boolean shuffle,
      long seed) {
    this(dataset, preprocessing, augmentation, batchSize, part, shuffle, seed, THREADS);
  }

  /** Creates a feeder with another number of threads that read. */
  Batches(
      ImageDataset dataset,
      Preprocessing preprocessing,
      Augmentation augmentation,
      int batchSize,
      BatchPart part,
      boolean shuffle,
      long seed,
      int readers) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch requires at least 1 image, got " + batchSize);
    }
    this.dataset = dataset;
    this.preprocessing = preprocessing;
    this.augmentation = augmentation;
    this.batchSize = batchSize;
    this.part = part;
    this.shuffle = shuffle;
    this.seed = seed;
    int size = dataset.size();
    batches = Math.ceilDiv(size, batchSize);
    order = new int[size];
    nextToFill = batches;
    nextToTake = batches;
    int outputs = dataset.classNames().size();
    ring = new Batch[readers + SPARE];
    ready = new boolean[ring.length];
    failures = new Throwable[ring.length];
    int most = part.mostImages(Math.min(batchSize, size));
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Batch(most, dataset.shape().size(), outputs);
    }
    threads = new Thread[readers];
    for (int i = 0; i < readers; i++) {
      threads[i] = new Thread(this::fillBatches, "lanewise-batches-" + i);
      threads[i].setDaemon(true);
      threads[i].start();
    }
  }

  /** {@return the number of batches of an epoch} */
  public int batchesPerEpoch() {
    return batches;
  }

  /**
   * Starts an epoch from its first batch, whether or not the one before was read to its end.
   *
   * @param epoch number of the epoch, which with the seed decides the order and what is drawn
   */
  public void startEpoch(int epoch) {
    startEpoch(epoch, 0);
  }

  /**
   * Starts an epoch within, whether or not the one before was read to its end.
   *
   * @param epoch number of the epoch, which with the seed decides the order and what is drawn
   * @param skipped batches that are left out at its beginning
   * @throws IllegalArgumentException where the epoch has fewer
   */
  public synchronized void startEpoch(int epoch, int skipped) {
    if (skipped < 0 || skipped > batches) {
      throw new IllegalArgumentException(
          "an epoch of " + batches + " batches cannot go on after " + skipped);
    }
    requireOpen();
    nextToFill = batches;
    while (filling > 0) {
      pause();
    }
    this.epoch = epoch;
    Arrays.setAll(order, i -> i);
    if (shuffle) {
      SplitMix.of(seed, 0, epoch).shuffle(order);
    }
    Arrays.fill(ready, false);
    Arrays.fill(failures, null);
    nextToTake = skipped;
    nextToFill = skipped;
    notifyAll();
  }

  /**
   * Returns the next batch, after waiting for it where it is not ready; null at the end of the
   * epoch.
   *
   * @return a batch that is valid until the next call
   * @throws DataException where an image of this batch cannot be read, or its target is none
   */
  public synchronized Batch next() {
    requireOpen();
    if (nextToTake == batches) {
      return null;
    }
    int slot = nextToTake % ring.length;
    while (!ready[slot]) {
      pause();
    }
    ready[slot] = false;
    nextToTake++;
    notifyAll();
    Throwable failure = failures[slot];
    failures[slot] = null;
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    return ring[slot];
  }

  /** Ends the background threads and waits for them. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the batches are closed");
    }
  }

  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while waiting for a batch", e);
    }
  }

  private void fillBatches() {
    ImageShape shape = dataset.shape();
    ImageSource source =
        new ImageSource() {
          @Override
          public int size() {
            return dataset.size();
          }

          @Override
          public void read(int index, byte[] dst, int offset) {
            readPixels(index, dst, offset);
          }
        };
    Augmenter augmenter =
        new Augmenter(augmentation, shape.height(), shape.width(), shape.channels(), source, seed);
    float[] second = new float[dataset.classNames().size()];
    for (int b = claim(); b >= 0; b = claim()) {
      Throwable failure = null;
      try {
        fill(b, augmenter, second);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
      filled(b, failure);
    }
  }

  /** Waits for a batch to fill; returns its number, or -1 once closed. */
  private synchronized int claim() {
    // The batch before nextToTake is still with the caller.
    while (!closed && (nextToFill == batches || nextToFill >= nextToTake - 1 + ring.length)) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Only close() ends these threads.
      }
    }
    if (closed) {
      return -1;
    }
    filling++;
    return nextToFill++;
  }

  private synchronized void filled(int b, Throwable failure) {
    filling--;
    failures[b % ring.length] = failure;
    ready[b % ring.length] = true;
    notifyAll();
  }

  /** Fills a batch; {@code second} is memory for a target. */
  private void fill(int b, Augmenter augmenter, float[] second) {
    Batch batch = ring[b % ring.length];
    int whole = Math.min(batchSize, order.length - b * batchSize);
    int first = b * batchSize + part.from(whole);
    int size = part.images(whole);
    int channels = dataset.shape().channels();
    batch.setSize(size);
    for (int i = 0; i < size; i++) {
      int index = order[first + i];
      byte[] pixels = augmenter.draw(epoch, index);
      preprocessing.apply(pixels, batch.images(), i * pixels.length, channels);
      readTarget(index, batch.targets(), i * second.length);
      if (augmenter.share() < 1) {
        readTarget(augmenter.second(), second, 0);
        mix(batch.targets(), i * second.length, augmenter.share(), second);
      }
    }
  }

  private static void mix(float[] target, int at, double share, float[] second) {
    for (int c = 0; c < second.length; c++) {
      target[at + c] = (float) (share * target[at + c] + (1 - share) * second[c]);
    }
  }

  private void readPixels(int index, byte[] dst, int offset) {
    try {
      dataset.read(index, dst, offset);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(index, e);
    }
  }

  private void readTarget(int index, float[] dst, int at) {
    try {
      dataset.target(index, dst, at);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException e) {
      throw unreadable(index, e);
    }
    boolean shares = dataset.targetKind() != TargetKind.VALUES;
    for (int c = at; c < at + dataset.classNames().size(); c++) {
      if (!Float.isFinite(dst[c]) || shares && (dst[c] < 0 || dst[c] > 1)) {
        throw DataException.of(
            "image %d of %s requires %s for '%s', got %s",
            index,
            dataset.description(),
            shares ? "a number from 0 to 1" : "a finite number",
            dataset.classNames().get(c - at),
            dst[c]);
      }
    }
  }

  private DataException unreadable(int index, RuntimeException e) {
    return new DataException(
        "image " + index + " of " + dataset.description() + " cannot be read: " + e, e);
  }
}
