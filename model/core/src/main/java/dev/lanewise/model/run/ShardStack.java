package dev.lanewise.model.run;

import dev.lanewise.exchange.ShardTree;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.Gradients;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Adds up arrays of the shards that this process works on, one shard after the other, in the order
 * of the tree over all shards.
 */
final class ShardStack {
  private final ShardTree tree;
  private final BatchPart part;
  private final Supplier<float[]> newArray;
  private final WorkerPool pool;
  private final Gradients arrays = new Gradients();

  /** Sums of nodes that wait for what they are added to. */
  private final List<float[]> kept = new ArrayList<>();

  private final float[][] terms;

  /** How many sums there were before the present shard. */
  private int height;

  private int merges;
  private boolean last;

  /**
   * Starts without arrays.
   *
   * @param newArray makes one, all of the same length
   */
  ShardStack(BatchPart part, Supplier<float[]> newArray, WorkerPool pool) {
    this.tree = new ShardTree(part.shards());
    this.part = part;
    this.newArray = newArray;
    this.pool = pool;
    this.terms = new float[tree.cover(part.first(), part.end()).size()][];
  }

  /** Goes on to a shard; they come in their order. */
  void begin(int shard) {
    height = shard == part.first() ? 0 : height + 1 - merges;
    merges = tree.merges(shard, part.first());
    last = shard == part.end() - 1;
  }

  /** Returns whether the present shard is the last one. */
  boolean isLast() {
    return last;
  }

  /**
   * Takes some of the present shard's values.
   *
   * @param values of the last shard kept as they are where nothing is added to them
   * @param ranges where they lie
   */
  void take(float[] values, List<ParameterRange> ranges) {
    if (ranges.isEmpty()) {
      return;
    }
    if (merges > 0) {
      arrays.add(values, kept(height - 1), ranges, pool);
      for (int i = 1; i < merges; i++) {
        arrays.add(kept(height - i), kept(height - 1 - i), ranges, pool);
      }
    } else if (!last) {
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
    for (int i = 0; i < terms.length; i++) {
      boolean own = merges == 0 && i == terms.length - 1;
      terms[i] = own ? values : kept(i);
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
