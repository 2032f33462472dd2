package dev.lanewise.exchange;

import java.util.List;

/**
 * Workers that train one network together, as one of them sees them. All workers make the same
 * calls in the same order. One thread at a time may call; {@link #abort} any.
 *
 * <p>A worker that dies, stands still, breaks the connection or aborts ends the group: every call
 * of every other worker throws an {@link ExchangeException} from then on, always the same, and no
 * call waits for ever.
 */
public interface WorkerGroup extends AutoCloseable {
  /** The most bytes that a worker may give to {@link #allGather}. */
  int MOST_GATHERED_BYTES = 1 << 28;

  /** {@return this worker's number, from 0} */
  int rank();

  /** {@return the number of workers} */
  int size();

  /**
   * Waits for some bytes of each worker. Meant for small things: all of it is in memory several
   * times. Interrupting the waiting thread ends the group with an error; the thread stays
   * interrupted.
   *
   * @param own this worker's, as many as it likes up to {@link #MOST_GATHERED_BYTES}; copied
   * @return each worker's, by rank
   */
  byte[][] allGather(byte[] own);

  /**
   * Plans a sum that is made again and again. Waits until all workers have planned the same.
   *
   * @param tree the order in which shards are summed; this worker has those from {@code rank *
   *     shards / size} to {@code (rank + 1) * shards / size}
   * @param buckets what is summed, in the order in which it will be started; without overlap
   * @return the sum, for as long as the group lives
   * @throws IllegalArgumentException where the shards cannot be shared equally, or buckets overlap
   */
  ArraySum planSum(ShardTree tree, List<Bucket> buckets);

  /**
   * Ends the group, because this worker cannot go on: the others get an error with the reason, and
   * so does this worker where it calls again. Nothing happens where the group has ended already.
   *
   * @param reason a part of a sentence, for users
   */
  void abort(String reason);

  /**
   * Leaves the group: says goodbye, so that the others do not take it for a failure, and ends this
   * worker's threads. Others that still want something of this worker get an error.
   */
  @Override
  void close();

  /** {@return the group of a worker that has no others: its terms are the sums} */
  static WorkerGroup alone() {
    return new SingleGroup();
  }
}
