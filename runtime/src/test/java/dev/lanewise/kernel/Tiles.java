package dev.lanewise.kernel;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Hands a map to an epilogue tile by tile, as products do, without a product. */
public final class Tiles {
  private Tiles() {}

  /** Returns numbers of channels around those of a vector and of a panel. */
  public static Stream<Integer> channels() {
    return IntStream.of(
            1,
            Lanes.LANES - 1,
            Lanes.LANES,
            Lanes.LANES + 1,
            Lanes.NR - 1,
            Lanes.NR,
            Lanes.NR + Lanes.LANES + 3,
            2 * Lanes.NR)
        .boxed();
  }

  /**
   * Hands over all pixels of a map in chunks, the last one first and each chunk's pixels in
   * opposite order.
   *
   * @param values what the product gave; stays as it is
   * @param dst where the epilogue stores
   * @param weights whose bias the epilogue may add; null for none
   */
  public static void feed(Epilogue epilogue, Tensor values, Tensor dst, Weights weights) {
    Shape shape = values.shape();
    int chunks = Lanes.ceilDiv(shape.pixels(), TaskSizes.CHUNK_ROWS);
    if (weights == null) {
      epilogue.bind(dst, chunks);
    } else {
      epilogue.bind(dst, chunks, weights);
    }
    float[] tile = new float[TaskSizes.CHUNK_ROWS * Lanes.NR];
    int[] pixels = new int[TaskSizes.CHUNK_ROWS];
    for (int chunk = chunks - 1; chunk >= 0; chunk--) {
      int first = chunk * TaskSizes.CHUNK_ROWS;
      int rows = Math.min(TaskSizes.CHUNK_ROWS, shape.pixels() - first);
      for (int channel = 0; channel < shape.c(); channel += Lanes.NR) {
        int width = Math.min(Lanes.NR, shape.c() - channel);
        Arrays.fill(tile, Float.NaN);
        for (int r = 0; r < rows; r++) {
          pixels[r] = first + rows - 1 - r;
          int from = values.offset() + pixels[r] * shape.c() + channel;
          System.arraycopy(values.data(), from, tile, r * Lanes.NR, width);
        }
        epilogue.apply(tile, 0, rows, pixels, channel, width, chunk);
      }
    }
  }
}
