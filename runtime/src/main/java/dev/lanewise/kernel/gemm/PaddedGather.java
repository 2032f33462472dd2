package dev.lanewise.kernel.gemm;

import static dev.lanewise.kernel.Lanes.LANES;
import static dev.lanewise.kernel.Lanes.SPECIES;

import dev.lanewise.kernel.Operand;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import jdk.incubator.vector.FloatVector;

/**
 * The windows of a forward pass over a {@link PaddedMap}: all lie inside, and a window's row is one
 * run of values.
 */
public final class PaddedGather extends Gather {
  private final Shape map;
  private final int strideH;

  /** Distance of windows beside each other. */
  private final int step;

  /** Columns of a window's row. */
  private final int run;

  /**
   * Plans the windows.
   *
   * @param map shape of the map with its border
   */
  PaddedGather(Shape map, Window window) {
    super(map, window.withoutPadding());
    this.map = map;
    this.strideH = window.sh();
    this.step = window.sw() * map.c();
    this.run = window.kw() * map.c();
  }

  @Override
  int unit() {
    return run;
  }

  /** Copies a window's rows one after another, each for all windows that lie beside each other. */
  @Override
  void pack(Operand src, int row0, int rows, int k0, int k1, float[] panel, int at, int stride) {
    float[] data = src.tensor().data();
    int offset = src.tensor().offset();
    int line = map.w() * map.c();
    int rowsH = rowsH();
    int rowsW = rowsW();
    int j = row0 % rowsW;
    int count;
    for (int r = 0; r < rows; r += count) {
      int windowRow = (row0 + r) / rowsW;
      count = Math.min(rows - r, rowsW - j);
      int h = windowRow / rowsH * map.h() + windowRow % rowsH * strideH;
      int from = offset + h * line + j * step;
      int to = at + r * stride;
      int end;
      for (int k = k0; k < k1; k = end) {
        int tapRow = k / run;
        end = Math.min(k1, (tapRow + 1) * run);
        int first = from + tapRow * line + k - tapRow * run;
        copyRuns(data, first, step, end - k, panel, to + k - k0, stride, count);
      }
      j = 0;
    }
  }

  /** In whole vectors: what is written behind a run is overwritten by the next, or not read. */
  private static void copyRuns(
      float[] src, int from, int step, int length, float[] dst, int to, int stride, int count) {
    for (int c = 0; c < length; c += LANES) {
      for (int r = 0; r < count; r++) {
        FloatVector.fromArray(SPECIES, src, from + r * step + c)
            .intoArray(dst, to + r * stride + c);
      }
    }
  }
}
