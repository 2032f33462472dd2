package dev.lanewise.benchmarks.scaling;

import dev.lanewise.exchange.ArraySum;
import dev.lanewise.exchange.Bucket;
import dev.lanewise.exchange.ShardTree;
import dev.lanewise.exchange.WorkerGroup;
import java.util.List;

/**
 * A group whose sums can be held back until the backward pass is over, to tell what their exchange
 * beside it gains.
 */
final class DeferringGroup implements WorkerGroup {
  private final WorkerGroup group;
  private boolean deferring;

  DeferringGroup(WorkerGroup group) {
    this.group = group;
  }

  /** Chooses whether buckets wait until all of them are final. */
  void defer(boolean deferring) {
    this.deferring = deferring;
  }

  @Override
  public int rank() {
    return group.rank();
  }

  @Override
  public int size() {
    return group.size();
  }

  @Override
  public byte[][] allGather(byte[] own) {
    return group.allGather(own);
  }

  @Override
  public ArraySum planSum(ShardTree tree, List<Bucket> buckets) {
    ArraySum sum = group.planSum(tree, buckets);
    return new ArraySum() {
      private int waiting;

      @Override
      public void begin(float[][] terms) {
        waiting = 0;
        sum.begin(terms);
      }

      @Override
      public void start(int bucket) {
        if (deferring) {
          waiting = bucket + 1;
        } else {
          sum.start(bucket);
        }
      }

      @Override
      public void await() {
        for (int bucket = 0; bucket < waiting; bucket++) {
          sum.start(bucket);
        }
        sum.await();
      }
    };
  }

  @Override
  public void abort(String reason) {
    group.abort(reason);
  }

  @Override
  public void close() {
    group.close();
  }
}
