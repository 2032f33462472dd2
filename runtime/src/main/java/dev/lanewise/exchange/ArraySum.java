package dev.lanewise.exchange;

/**
 * A sum over all workers of arrays of floats, made in rounds. Its bits depend on the terms alone,
 * not on who was when where. A round is {@link #begin}, {@link #start} of each bucket in ascending
 * order, {@link #await}; it allocates nothing after the first.
 *
 * <p>Where something goes wrong, with this worker or another, each call throws the group's {@link
 * ExchangeException}.
 */
public interface ArraySum {
  /**
   * Begins a round. Nothing is sent yet.
   *
   * @param terms this worker's terms, an array for each node of its {@link ShardTree#cover} in
   *     ascending order, all indexed alike; they may be others in each round
   * @throws IllegalArgumentException where they are too few, too many or too short
   * @throws IllegalStateException where the last round has not been waited for
   */
  void begin(float[][] terms);

  /**
   * Sends a bucket, whose values are final in all terms, and returns at once. From now until {@link
   * #await} the arrays' values in this bucket belong to the sum.
   *
   * @param bucket its number, one more than that of the last
   * @throws IllegalStateException where it is another bucket's turn
   */
  void start(int bucket);

  /**
   * Waits until all sums of the round stand in the first of its terms. The others hold anything
   * where the buckets are; values outside the buckets are untouched everywhere. Interrupting the
   * waiting thread ends the group with an error; the thread stays interrupted.
   *
   * @throws IllegalStateException where a bucket has not been started
   */
  void await();
}
