package dev.lanewise.model.data;

/**
 * A batch of images as a network takes them. Its arrays are used again for later batches: they stay
 * as they are until the next call of {@link Batches#next()} or {@link Batches#startEpoch(int)}.
 */
public final class Batch {
  private final float[] images;
  private final float[] targets;
  private int size;

  Batch(int capacity, int imageSize, int outputs) {
    images = new float[Math.multiplyExact(capacity, imageSize)];
    targets = new float[Math.multiplyExact(capacity, outputs)];
  }

  /**
   * {@return the number of images N in this batch, or in the part of it that is read; it is smaller
   * in an epoch's last batch}
   */
  public int size() {
    return size;
  }

  /**
   * {@return the preprocessed pixels, as [N, H, W, C]} The array is as long as the largest batch
   * needs; what lies behind the first N images means nothing.
   */
  public float[] images() {
    return images;
  }

  /**
   * {@return what each image is compared with, as [N, outputs]: for classes their shares, of sum 1;
   * of a mixed image those of both by their shares} What lies behind the first N means nothing.
   */
  public float[] targets() {
    return targets;
  }

  void setSize(int size) {
    this.size = size;
  }
}
