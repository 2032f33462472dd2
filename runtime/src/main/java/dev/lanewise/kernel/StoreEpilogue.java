package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Stores activation(tile + bias). */
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
    int vectors = Lanes.floor(width);
    boolean curved = function.curved();
    boolean biased = bias.length > 0;
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    FloatVector most = FloatVector.broadcast(SPECIES, ceiling);
    FloatVector zero = FloatVector.zero(SPECIES);
    for (int r = 0; r < rows; r++) {
      int from = at + r * rowStride;
      int to = dstAt + pixels[r] * pitch + channel;
      for (int c = 0; c < vectors; c += LANES) {
        FloatVector b = biased ? FloatVector.fromArray(SPECIES, bias, biasAt + channel + c) : zero;
        FloatVector z = FloatVector.fromArray(SPECIES, tile, from + column(c, panelStride)).add(b);
        z = z.blend(least, z.compare(VectorOperators.LE, least));
        if (capped) {
          z = z.blend(most, z.compare(VectorOperators.GE, most));
        }
        z.intoArray(dst, to + c);
      }
      for (int c = vectors; c < width; c++) {
        float b = biased ? bias[biasAt + channel + c] : 0;
        dst[to + c] = function.clamp(tile[from + column(c, panelStride)] + b);
      }
      if (curved) {
        function.forward(dst, to, width);
      }
    }
  }
}
