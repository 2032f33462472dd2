package dev.lanewise.formats.torch;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.List;
import java.util.Map;

/**
 * The order of a dense kernel's rows behind a flattened map: Keras flattens [H,W,C], PyTorch
 * [C,H,W].
 */
public final class DenseRows {
  /** Attribute of {@link SavedWeights} that says in which order a dense kernel's rows are. */
  public static final String ORDER = "dense_rows";

  /** The order of PyTorch; without the attribute it is Keras's. */
  public static final String CHANNELS_FIRST = "channels first";

  private DenseRows() {}

  /** Returns whether the dense kernels of a file have their rows in PyTorch's order. */
  public static boolean channelsFirst(SavedWeights weights) {
    return CHANNELS_FIRST.equals(weights.attributes().get(ORDER));
  }

  /**
   * Returns the shape [H,W,C] of the map that is flattened in front of a dense layer; empty where
   * there is none.
   *
   * @param layers a network's layers by name
   */
  public static List<Integer> flattened(Map<String, LayerInfo> layers, String dense) {
    LayerInfo input = layers.get(dense);
    do {
      input = input.inputs().isEmpty() ? null : layers.get(input.inputs().get(0));
    } while (input != null && input.config() instanceof LayerConfig.Dropout);
    return input != null && input.config() instanceof LayerConfig.Flattening
        ? layers.get(input.inputs().get(0)).outputShape()
        : List.of();
  }

  /**
   * Returns an array with its rows in Keras's order, of one in PyTorch's.
   *
   * @param array any; what is no dense kernel behind a map stays as it is
   * @param map shape [H,W,C] of the flattened map; empty where there is none
   */
  public static SavedArray channelsLast(SavedArray array, List<Integer> map) {
    return moves(array, map) ? moved(array, map.get(2), map.get(0) * map.get(1)) : array;
  }

  /** The reverse of {@link #channelsLast}. */
  public static SavedArray channelsFirst(SavedArray array, List<Integer> map) {
    return moves(array, map) ? moved(array, map.get(0) * map.get(1), map.get(2)) : array;
  }

  private static boolean moves(SavedArray array, List<Integer> map) {
    return array.name().equals("kernel")
        && array.shape().length == 2
        && map.size() == 3
        && map.get(0) * map.get(1) > 1
        && map.get(0) * map.get(1) * map.get(2) == array.shape()[0];
  }

  /** Turns rows [outer,inner] into [inner,outer]. */
  private static SavedArray moved(SavedArray array, int outer, int inner) {
    int width = array.shape()[1];
    return new SavedArray(
        array.name(),
        array.shape(),
        () -> {
          float[] values = array.values();
          float[] moved = new float[values.length];
          for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
              System.arraycopy(
                  values, (i * inner + j) * width, moved, (j * outer + i) * width, width);
            }
          }
          return moved;
        });
  }
}
