package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Stores activation(tile + addend + bias), where the addend may be left out. */
public final class StoreEpilogue extends Epilogue {
  private static final float[] NO_BIAS = new float[0];

  private final Pointwise function;
  private final float floor;
  private final boolean capped;
  private final float ceiling;

  /**
   * Stores an activation.
   *
   * @param function the activation
   */
  public StoreEpilogue(Pointwise function) {
    this.function = function;
    this.floor = function.floor();
    this.capped = function.capped();
    this.ceiling = function.ceiling();
  }

  /** {@return the activation} */
  public Pointwise function() {
    return function;
  }

  @Override
  protected void begin(int chunks) {
    if (bias == null) {
      bias = NO_BIAS;
    }
  }

  @Override
  public void apply(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int channel,
      int width,
      int chunk) {
    store(tile, at, rowStride, panelStride, rows, pixels, 0, channel, width, null);
  }

  /**
   * Takes over a tile, or a few of its rows: it sums up nothing, so that any number will do.
   *
   * @param tile see {@link Epilogue#apply(float[], int, int, int, int, int[], int, int, int)}
   * @param at index of the first row's first value
   * @param rowStride distance between rows
   * @param panelStride distance between panels of NR columns
   * @param rows number of rows
   * @param pixels pixels in dst
   * @param row0 index in pixels of the first row's
   * @param channel dst's channel of the tile's first column
   * @param width number of columns
   * @param addend of dst's shape, may be dst; null for none
   */
  public void store(
      float[] tile,
      int at,
      int rowStride,
      int panelStride,
      int rows,
      int[] pixels,
      int row0,
      int channel,
      int width,
      Tensor addend) {
    float[] added = addend == null ? null : addend.data();
    int vectors = Lanes.floor(width);
    boolean curved = function.curved();
    boolean biased = bias.length > 0;
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int r = 0; r < rows; r++) {
      int from = at + r * rowStride;
      int pixel = pixels[row0 + r];
      int to = dstAt + pixel * pitch + channel;
      int and = added == null ? 0 : addend.offset() + pixel * addend.pitch() + channel;
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector b = biased ? FloatVector.fromArray(SPECIES, bias, biasAt + channel + c) : zero;
        FloatVector z = FloatVector.fromArray(SPECIES, tile, from + column(c, panelStride));
        if (added != null) {
          z = z.add(FloatVector.fromArray(SPECIES, added, and + c));
        }
        z = z.add(b);
        z = z.blend(least, z.compare(VectorOperators.LE, least));
        if (capped) {
          z = z.blend(most, z.compare(VectorOperators.GE, most));
        }
        z.intoArray(dst, to + c);
      }
      for (int c = vectors; c < width; c++) {
        float b = biased ? bias[biasAt + channel + c] : 0;
        float z = tile[from + column(c, panelStride)];
        dst[to + c] = function.clamp((added == null ? z : z + added[and + c]) + b);
      }
      if (curved) {
        function.forward(dst, to, width);
      }
    }
  }
}
