package dev.lanewise.kernel;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.tensor.Tensor;
import jdk.incubator.vector.FloatVector;

/** Multiplies a tile by a map of factors, and hands it on to another epilogue. */
public final class MaskedEpilogue extends Epilogue {
  private final Tensor factors;
  private final Epilogue next;

  /**
   * Starts an epilogue.
   *
   * @param factors [N,H,W,C], as what is stored
   * @param next takes the products; null to store them as they are
   */
  public MaskedEpilogue(Tensor factors, Epilogue next) {
    this.factors = factors;
    this.next = next == null ? Epilogue.store() : next;
  }

  @Override
  protected void begin(int chunks) {
    next.bindAs(this, chunks);
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
    float[] data = factors.data();
    int vectors = Lanes.floor(width);
    for (int r = 0; r < rows; r++) {
      int from = factors.offset() + pixels[r] * channels + channel;
      int row = at + r * rowStride;
      for (int c = 0; c < vectors; c += LANES) {
        int to = row + column(c, panelStride);
        FloatVector.fromArray(SPECIES, tile, to)
            .mul(FloatVector.fromArray(SPECIES, data, from + c))
            .intoArray(tile, to);
      }
      for (int c = vectors; c < width; c++) {
        tile[row + column(c, panelStride)] *= data[from + c];
      }
    }
    next.apply(tile, at, rowStride, panelStride, rows, pixels, channel, width, chunk);
  }
}
