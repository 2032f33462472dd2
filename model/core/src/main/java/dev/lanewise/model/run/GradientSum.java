package dev.lanewise.model.run;

import dev.lanewise.exchange.ArraySum;
import dev.lanewise.exchange.Bucket;
import dev.lanewise.exchange.IndexRange;
import dev.lanewise.exchange.ShardTree;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.train.ParameterRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sums gradients over workers while the backward pass goes on: those of the last block first, of
 * several blocks together where they are small.
 */
final class GradientSum {
  /** Least values of a bucket: 4 MiB, of which headers and waits are a small part. */
  private static final int LEAST = 1 << 20;

  private final ArraySum sum;

  /** By block: the bucket that is complete with it; -1 where it goes on. */
  private final int[] completes;

  /**
   * Plans the sums of a training, as all workers do.
   *
   * @param blocks where the gradients of each block lie
   */
  GradientSum(WorkerGroup group, ShardTree tree, List<List<ParameterRange>> blocks) {
    completes = new int[blocks.size()];
    List<Bucket> buckets = new ArrayList<>();
    List<IndexRange> ranges = new ArrayList<>();
    long values = 0;
    for (int block = blocks.size() - 1; block >= 0; block--) {
      for (ParameterRange range : blocks.get(block)) {
        ranges.add(new IndexRange(range.from(), range.to()));
        values += range.to() - range.from();
      }
      completes[block] = -1;
      if (values >= LEAST || block == 0) {
        ranges.sort(Comparator.comparingInt(IndexRange::from));
        completes[block] = buckets.size();
        buckets.add(new Bucket(ranges));
        ranges.clear();
        values = 0;
      }
    }
    sum = group.planSum(tree, buckets);
  }

  /** Begins a step with what this worker adds to it, of which nothing is final yet. */
  void begin(float[][] terms) {
    sum.begin(terms);
  }

  /** Takes a block whose gradients are final; they come from the last to the first. */
  void blockDone(int block) {
    if (completes[block] >= 0) {
      sum.start(completes[block]);
    }
  }

  /** Waits until the first of the terms is the sum. */
  void await() {
    sum.await();
  }
}
