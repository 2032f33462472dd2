package dev.lanewise.exchange;

import java.util.List;
import java.util.Random;

/** Sums over shards by their definition, and buckets to make them over. */
final class PlainSum {
  private PlainSum() {}

  /** Values of a shard in a round, of very different sizes, so that each order has its own bits. */
  static float[] shard(int shard, int round, int length) {
    Random random = new Random(1000L * round + shard);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = Math.scalb(random.nextFloat() - 0.5f, random.nextInt(24));
    }
    return values;
  }

  /** The sum of the node over the shards [from,to): of its halves, the first the larger. */
  static float[] node(int from, int to, int round, int length) {
    if (to - from == 1) {
      return shard(from, round, length);
    }
    int middle = from + (to - from + 1) / 2;
    float[] left = node(from, middle, round, length);
    float[] right = node(middle, to, round, length);
    for (int i = 0; i < length; i++) {
      left[i] += right[i];
    }
    return left;
  }

  /** A worker's terms. */
  static float[][] terms(ShardTree tree, int rank, int workers, int round, int length) {
    int own = tree.shards() / workers;
    return tree.cover(rank * own, (rank + 1) * own).stream()
        .map(node -> node(node.from(), node.to(), round, length))
        .toArray(float[][]::new);
  }

  /** What an array is after the sum: the sum in the buckets, what it was elsewhere. */
  static float[] expected(float[] before, float[] sum, List<Bucket> buckets) {
    float[] expected = before.clone();
    for (Bucket bucket : buckets) {
      for (IndexRange range : bucket.ranges()) {
        System.arraycopy(sum, range.from(), expected, range.from(), range.to() - range.from());
      }
    }
    return expected;
  }

  /** Buckets of one value, of few, of several ranges with gaps, of none, and a large one. */
  static List<Bucket> buckets(int length) {
    return List.of(
        Bucket.of(new IndexRange(length - 1, length)),
        Bucket.of(new IndexRange(0, 3)),
        Bucket.of(new IndexRange(5, 22), new IndexRange(23, 24), new IndexRange(40, 97)),
        new Bucket(List.of()),
        Bucket.of(new IndexRange(100, 2500), new IndexRange(2501, length - 3)),
        Bucket.of(new IndexRange(24, 40)));
  }
}
