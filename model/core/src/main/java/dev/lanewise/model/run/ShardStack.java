package dev.lanewise.model.run;

import dev.lanewise.exchange.ShardTree;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.Gradients;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Adds up arrays of the shards of this process, in the order of the tree over all shards. */
final class ShardStack {
  private final BatchPart part;
  private final Supplier<float[]> newArray;
  private final WorkerPool pool;
  private final Gradients arrays = new Gradients();

  /** Sums of nodes that wait for what they are added to. */
  private final List<float[]> kept = new ArrayList<>();

  private final float[][] terms;

  /** By shard of this process: how many sums there are before it. */
  private final int[] heights;

  /** By shard of this process: how often the last two sums are added with it. */
  private final int[] merges;

  /**
   * Starts without arrays.
   *
   * @param newArray makes one, all of the same length
   */
  ShardStack(BatchPart part, Supplier<float[]> newArray, WorkerPool pool) {
    this.part = part;
    this.newArray = newArray;
    this.pool = pool;
    ShardTree tree = new ShardTree(part.shards());
    this.terms = new float[tree.cover(part.first(), part.end()).size()][];
    this.heights = new int[part.end() - part.first()];
    this.merges = new int[heights.length];
    int height = 0;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = height;
      merges[i] = tree.merges(part.first() + i, part.first());
      height += 1 - merges[i];
    }
  }

  /** Returns whether a shard is the last one. */
  boolean isLast(int shard) {
    return shard == part.end() - 1;
  }

  /**
   * Takes some of a shard's values, after those of the shards before it.
   *
   * @param values of the last shard kept as they are where nothing is added to them
   * @param ranges where they lie
   */
  void take(int shard, float[] values, List<ParameterRange> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    int height = heights[shard - part.first()];
    int times = merges[shard - part.first()];
    if (times > 0) {
      arrays.add(values, kept(height - 1), ranges, pool);
      for (int i = 1; i < times; i++) {
        arrays.add(kept(height - i), kept(height - 1 - i), ranges, pool);
      }
    } else if (!isLast(shard)) {
      arrays.copy(values, kept(height), ranges, pool);
    }
  }

  /**
   * Returns the sums of the nodes of the tree that this process has; all of them after the last
   * shard.
   *
   * @param values those of the last shard
   */
  float[][] terms(float[] values) {
    boolean own = merges[merges.length - 1] == 0;
    for (int i = 0; i < terms.length; i++) {
      terms[i] = own && i == terms.length - 1 ? values : kept(i);
    }
    return terms;
  }

  private float[] kept(int i) {
    while (kept.size() <= i) {
      kept.add(newArray.get());
    }
    return kept.get(i);
  }
}
