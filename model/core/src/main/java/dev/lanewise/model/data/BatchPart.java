package dev.lanewise.model.data;

/**
 * A part of each batch: some of the shards into which a batch of any size is cut. The images stay
 * in their order, and the numbers of images of two shards differ by 1 at most.
 *
 * @param first the first shard
 * @param end the shard after the last
 * @param shards how many shards make a batch
 */
public record BatchPart(int first, int end, int shards) {
  /** All of each batch, in one shard. */
  public static final BatchPart WHOLE = new BatchPart(0, 1, 1);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where there are no such shards
   */
  public BatchPart {
    if (first < 0 || first >= end || end > shards) {
      throw new IllegalArgumentException(
          "a part of "
              + shards
              + " shards requires one of them at least, got ["
              + first
              + ","
              + end
              + ")");
    }
  }

  /**
   * {@return the part that one of several workers has}
   *
   * @param worker its number, from 0
   * @param workers how many share the shards, alike
   * @param shards how many shards make a batch
   * @throws IllegalArgumentException where these cannot be shared alike
   */
  public static BatchPart of(int worker, int workers, int shards) {
    if (shards % workers != 0) {
      throw new IllegalArgumentException(
          workers + " workers require a multiple of " + workers + " shards, got " + shards);
    }
    int each = shards / workers;
    return new BatchPart(worker * each, (worker + 1) * each, shards);
  }

  /**
   * {@return the index within the batch of a shard's first image; of the number of shards, the
   * number of images}
   *
   * @param shard its number
   * @param batch images of the whole batch
   */
  public int from(int shard, int batch) {
    return (int) ((long) batch * shard / shards);
  }

  /**
   * {@return the index within the batch of the part's first image}
   *
   * @param batch images of the whole batch
   */
  public int from(int batch) {
    return from(first, batch);
  }

  /**
   * {@return the number of images of the part}
   *
   * @param batch images of the whole batch
   */
  public int images(int batch) {
    return from(end, batch) - from(batch);
  }

  /**
   * {@return the most images that the part has of a batch}
   *
   * @param batch images of the largest batch
   */
  int mostImages(int batch) {
    return (int) Math.ceilDiv((long) (end - first) * batch, shards);
  }
}
