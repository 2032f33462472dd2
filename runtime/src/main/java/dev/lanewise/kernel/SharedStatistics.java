package dev.lanewise.kernel;

/**
 * What the shards of a batch tell each other, where batch normalisations are over all of them
 * (synchronised batch normalisation). All shards make the same calls in the same order.
 */
@FunctionalInterface
public interface SharedStatistics {
  /**
   * Waits until all shards have come to the same place.
   *
   * @param own this shard's numbers
   * @return those of each shard that has images, in the order of the shards; to be read until the
   *     next call
   */
  double[][] ofAll(double[] own);
}
