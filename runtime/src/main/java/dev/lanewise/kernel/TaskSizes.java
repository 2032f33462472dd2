package dev.lanewise.kernel;

/**
 * How kernels cut their work into tasks, where several must agree or have the same reasons. Shapes
 * and these numbers alone determine the cut, never the number of threads, so that sums have the
 * same order everywhere.
 */
public final class TaskSizes {
  /**
   * Most rows of a chunk: of those that an epilogue takes over together, and whose sums are kept
   * together. A multiple of the register tile's rows.
   */
  public static final int CHUNK_ROWS = 96 / Lanes.MR * Lanes.MR;

  /** Pixels whose sums a pass keeps together that reads a map without multiplying it. */
  public static final int SUMMED_PIXELS = 96;

  /** Values of a task that changes each value by itself. */
  public static final int VALUES = 16384;

  /** Tasks that a product should have at least: what a slow thread leaves undone is then little. */
  public static final int LEAST_TASKS = 48;

  private TaskSizes() {}

  /**
   * {@return the pixels of a task of about {@link #VALUES} values, at least one}
   *
   * @param channels values of a pixel
   */
  public static int pixels(int channels) {
    return Math.max(1, VALUES / channels);
  }
}
