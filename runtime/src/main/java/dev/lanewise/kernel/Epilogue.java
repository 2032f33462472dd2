package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.NR;

import dev.lanewise.tensor.Tensor;

/**
 * What a kernel does with a tile of its result while the tile is still in cache: stores it, changed
 * or not, and adds up what the next layer wants to know of it.
 *
 * <p>Sums are kept per chunk of rows, which shapes alone determine, and merged in the order of the
 * chunks: they are the same for any number of threads.
 */
public abstract class Epilogue {
  /** The array in which results are stored. */
  protected float[] dst;

  /** Index in {@link #dst} of the result's first value. */
  protected int dstAt;

  /** Channels of a pixel of the result. */
  protected int channels;

  /** Distance in {@link #dst} between a channel of two neighbouring pixels. */
  protected int pitch;

  /** Holds a value for each channel, to be added to tiles; null for none. */
  protected float[] bias;

  /** Index in {@link #bias} of the value for channel 0. */
  protected int biasAt;

  /** Starts an epilogue that is not bound to a call yet. */
  protected Epilogue() {}

  /**
   * Stores the tile, with the bias added.
   *
   * @return an epilogue without activation
   */
  public static Epilogue store() {
    return new StoreEpilogue(Clamp.NONE);
  }

  /**
   * Prepares for one kernel call.
   *
   * @param dst where results are stored
   * @param chunks number of chunks that {@link #apply} will see
   * @param weights whose bias is added to each tile where the kind of epilogue knows of a bias
   */
  public final void bind(Tensor dst, int chunks, Weights weights) {
    bind(dst, chunks, weights.bias(), weights.biasAt());
  }

  /**
   * Prepares for one kernel call without a bias.
   *
   * @param dst where results are stored
   * @param chunks number of chunks that {@link #apply} will see
   */
  public final void bind(Tensor dst, int chunks) {
    bind(dst, chunks, null, 0);
  }

  /** Prepares for the kernel call for which another epilogue, which hands on to this, is bound. */
  final void bindAs(Epilogue other, int chunks) {
    this.dst = other.dst;
    this.dstAt = other.dstAt;
    this.channels = other.channels;
    this.pitch = other.pitch;
    this.bias = other.bias;
    this.biasAt = other.biasAt;
    begin(chunks);
  }

  private void bind(Tensor dst, int chunks, float[] bias, int biasAt) {
    this.dst = dst.data();
    this.dstAt = dst.offset();
    this.channels = dst.shape().c();
    this.pitch = dst.pitch();
    this.bias = bias;
    this.biasAt = biasAt;
    begin(chunks);
  }

  /**
   * Makes room for the sums of a number of chunks.
   *
   * @param chunks number of chunks that {@link #apply} will see
   */
  protected abstract void begin(int chunks);

  /**
   * Takes over a tile of one panel.
   *
   * @param tile values with rows of NR, from index at on
   * @param at index of the tile's first value
   * @param rows number of rows
   * @param pixels the row's pixels in dst
   * @param channel dst's channel of the tile's first column
   * @param width number of columns, at most NR
   * @param chunk number of the chunk of rows
   */
  public final void apply(
      float[] tile, int at, int rows, int[] pixels, int channel, int width, int chunk) {
    apply(tile, at, NR, 0, rows, pixels, channel, width, chunk);
  }

  /**
   * Takes over a tile of several panels pixel by pixel: a pixel's channels are neighbours in
   * memory, which reads and writes them several times as fast in this order as panel by panel.
   *
   * @param tile value c of row r lies at at + r * rowStride + {@link #column}(c, panelStride)
   * @param at index of the tile's first value
   * @param rowStride distance between rows
   * @param panelStride distance between panels of NR columns
   * @param rows number of rows
   * @param pixels the row's pixels in dst
   * @param channel dst's channel of the tile's first column
   * @param width number of columns
   * @param chunk number of the chunk of rows
   */
  public abstract void apply(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int chunk);

  /**
   * {@return where a row of a tile has a column}
   *
   * @param c number of the column
   * @param panelStride distance between panels of NR columns
   */
  public static int column(int c, int panelStride) {
    return c / NR * panelStride + c % NR;
  }
}
