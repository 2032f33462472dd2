package dev.lanewise.kernel;

import dev.lanewise.parallel.Task;
import dev.lanewise.tensor.Tensor;

/** Copies a map to where its pixels may lie at another distance. */
public final class Copy implements Task {
  private final Scratch scratch;

  private Tensor src;
  private Tensor dst;
  private int pixelsPerTask;

  /**
   * Prepares the copy.
   *
   * @param scratch whose threads copy
   */
  public Copy(Scratch scratch) {
    this.scratch = scratch;
  }

  /**
   * dst = src.
   *
   * @param src [N,H,W,C]
   * @param dst of the same shape, overwritten
   */
  public void run(Tensor src, Tensor dst) {
    this.src = src;
    this.dst = dst;
    this.pixelsPerTask = TaskSizes.pixels(src.shape().c());
    scratch.pool().run(Lanes.ceilDiv(src.shape().pixels(), pixelsPerTask), this);
  }

  @Override
  public void run(int index, int thread) {
    int from = index * pixelsPerTask;
    int to = Math.min(src.shape().pixels(), from + pixelsPerTask);
    for (int pixel = from; pixel < to; pixel++) {
      System.arraycopy(
          src.data(),
          src.offset() + pixel * src.pitch(),
          dst.data(),
          dst.offset() + pixel * dst.pitch(),
          src.shape().c());
    }
  }
}
