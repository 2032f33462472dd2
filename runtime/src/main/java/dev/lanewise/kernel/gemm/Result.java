package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.NR;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Lanes;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/** Where the tiles of a product go: an addend is added, then the epilogue takes them. */
public final class Result {
  private final int columns;

  private Tensor addend;
  private Epilogue epilogue;

  /** The epilogue where it takes a few rows at a time; null elsewhere. */
  private StoreEpilogue store;

  /**
   * Starts without a target.
   *
   * @param columns channels of dst
   */
  public Result(int columns) {
    this.columns = columns;
  }

  /**
   * Prepares for one kernel call; see {@link Epilogue#bind}.
   *
   * @param addend null for none; may be dst
   */
  public void bind(Tensor dst, Tensor addend, Epilogue epilogue, int chunks, Weights weights) {
    this.addend = addend;
    this.epilogue = epilogue;
    this.store = epilogue instanceof StoreEpilogue one ? one : null;
    epilogue.bind(dst, chunks, weights);
  }

  /**
   * Takes over a panel of results.
   *
   * @param tile values with rows of NR, from index at on
   * @param pixels each row's pixel in dst
   * @param channel dst's channel of the first column
   * @param chunk number of the chunk of rows
   */
  public void take(float[] tile, int at, int rows, int[] pixels, int channel, int chunk) {
    int width = Math.min(NR, columns - channel);
    take(tile, at, NR, 0, rows, pixels, channel, width, chunk);
  }

  /**
   * Takes over some columns of results; see {@link Epilogue#apply(float[], int, int, int, int,
   * int[], int, int, int)}.
   *
   * @param tile values from index at on
   * @param rowStride distance between rows
   * @param panelStride distance between panels of NR columns
   * @param pixels each row's pixel in dst
   * @param channel dst's channel of the first column
   * @param width number of columns
   * @param chunk number of the chunk of rows
   */
  public void take(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int chunk) {
    if (store != null) {
      store.store(tile, at, rowStride, panelStride, rows, pixels, 0, channel, width, addend);
      return;
    }
    if (addend != null) {
      add(tile, at, rowStride, panelStride, rows, pixels, channel, width);
    }
    epilogue.apply(tile, at, rowStride, panelStride, rows, pixels, channel, width, chunk);
  }

  /** Returns whether {@link #takeRows} may be used. */
  boolean takesRows() {
    return store != null;
  }

  /**
   * Takes over a few rows of results at a time; see {@link #take(float[], int, int, int, int,
   * int[], int, int, int)}.
   *
   * @param row0 index in pixels of the first row's
   */
  void takeRows(
      float[] tile,
      int at,
      int panelStride,
      int rows,
      int[] pixels,
      int row0,
      int channel,
      int width) {
    store.store(tile, at, NR, panelStride, rows, pixels, row0, channel, width, addend);
  }

  private void add(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width) {
    float[] data = addend.data();
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int from = addend.offset() + pixels[r] * columns + channel;
      int row = at + r * rowStride;
      for (int c = 0; c < vectors; c += LANES) {
        int to = row + Epilogue.column(c, panelStride);
        FloatVector.fromArray(SPECIES, tile, to)
            .add(FloatVector.fromArray(SPECIES, data, from + c))
            .intoArray(tile, to);
      }
      for (int c = vectors; c < width; c++) {
        tile[row + Epilogue.column(c, panelStride)] += data[from + c];
      }
    }
  }
}
