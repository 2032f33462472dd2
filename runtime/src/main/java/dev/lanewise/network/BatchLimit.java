package dev.lanewise.network;

import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import java.util.Comparator;
import java.util.List;

/** How many images a batch may have: a tensor lies in one array, so the largest map decides. */
final class BatchLimit {
  private BatchLimit() {}

  /**
   * Checks a batch.
   *
   * @param layers the network's
   * @param n images of the batch
   * @param image shape of one
   * @param largestArray floats that an array may have
   * @throws IllegalArgumentException where the largest map does not fit one array, naming its layer
   *     and the batch that fits
   */
  static void check(List<LayerInfo> layers, int n, Shape image, int largestArray) {
    LayerInfo largest =
        layers.stream().max(Comparator.comparingLong(BatchLimit::values)).orElseThrow();
    long most = (largestArray - Arena.FIRST) / values(largest);
    if (n > most) {
      throw new IllegalArgumentException(
          "layer "
              + largest.name()
              + " puts out "
              + values(largest)
              + " values for each image of "
              + image.h()
              + "x"
              + image.w()
              + ", and an array holds "
              + (largestArray - Arena.FIRST)
              + ": requires a batch of at most "
              + most
              + " images, got "
              + n);
    }
  }

  private static long values(LayerInfo layer) {
    return layer.outputShape().stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
  }
}
