package dev.lanewise.model.data;

import java.util.Arrays;

/**
 * A batch of images as a network takes them. Its arrays are used again for later batches: they stay
 * as they are until the next call of {@link Batches#next()} or {@link Batches#startEpoch(int)}.
 */
public final class Batch {
  private final float[] images;
  private final int[] labels;
  private final float[] targets;
  private int size;

  /** Creates a batch; of 0 mixed classes where every image has the one label alone. */
  Batch(int capacity, int imageSize, int mixedClasses) {
    images = new float[Math.multiplyExact(capacity, imageSize)];
    labels = new int[capacity];
    targets = mixedClasses == 0 ? null : new float[Math.multiplyExact(capacity, mixedClasses)];
  }

  /** {@return the number of images N in this batch, which is smaller in an epoch's last batch} */
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
   * {@return the labels, as [N], of a mixed image that with the larger share; what lies behind the
   * first N means nothing}
   */
  public int[] labels() {
    return labels;
  }

  /**
   * {@return each image's shares of the classes, of sum 1, as [N, classes]; null where images are
   * not mixed, and the labels say it all}
   */
  public float[] targets() {
    return targets;
  }

  /** Says what image i shows: one class for a share, from 0 to 1, and another for the rest. */
  void setLabel(int i, int label, int other, double share) {
    labels[i] = share >= 0.5 ? label : other;
    if (targets != null) {
      int classes = targets.length / labels.length;
      Arrays.fill(targets, i * classes, (i + 1) * classes, 0);
      targets[i * classes + label] = (float) share;
      targets[i * classes + other] += (float) (1 - share);
    }
  }

  void setSize(int size) {
    this.size = size;
  }
}
