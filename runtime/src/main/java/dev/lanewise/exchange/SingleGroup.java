package dev.lanewise.exchange;

import java.util.List;

/** A worker without others. */
final class SingleGroup implements WorkerGroup {
  private ExchangeException failure;

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public byte[][] allGather(byte[] own) {
    check();
    return new byte[][] {own.clone()};
  }

  @Override
  public ArraySum planSum(ShardTree tree, List<Bucket> buckets) {
    check();
    return new Sum(new SumLayout(tree, buckets, 1));
  }

  @Override
  public synchronized void abort(String reason) {
    if (failure == null) {
      failure = new ExchangeException("this worker ended the exchange: " + reason);
    }
  }

  private synchronized void check() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    // There is nothing to end.
  }

  private final class Sum implements ArraySum {
    private final RoundOrder order;

    Sum(SumLayout layout) {
      this.order = new RoundOrder(layout, 0);
    }

    @Override
    public void begin(float[][] terms) {
      check();
      order.begin(terms);
    }

    @Override
    public void start(int bucket) {
      check();
      order.start(bucket);
    }

    @Override
    public void await() {
      check();
      order.end();
    }
  }
}
