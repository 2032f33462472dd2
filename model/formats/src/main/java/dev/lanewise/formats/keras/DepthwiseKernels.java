package dev.lanewise.formats.keras;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The kernels of depthwise convolutions, which Keras keeps as [KH,KW,C,M]: M outputs of each of C
 * channels. The same values in the same order are [KH,KW,1,C*M], as of any convolution in groups.
 */
final class DepthwiseKernels {
  /** What Keras 2 calls them; Keras 3 says kernel. */
  static final String NAME = "depthwise_kernel";

  private static final String KERNEL = "kernel";

  /** Channels of each depthwise layer. */
  private final Map<String, Integer> channels = new HashMap<>();

  /** Starts for the layers of a network. */
  DepthwiseKernels(List<LayerInfo> network) {
    for (LayerInfo layer : network) {
      if (layer.config() instanceof LayerConfig.Convolution conv && conv.depthwise()) {
        channels.put(layer.name(), conv.groups());
      }
    }
  }

  /** Returns layers with these kernels as Keras keeps them. */
  List<SavedLayer> ofKeras(List<SavedLayer> layers) {
    return layers.stream().map(this::ofKeras).toList();
  }

  private SavedLayer ofKeras(SavedLayer layer) {
    Integer c = channels.get(layer.name());
    if (c == null) {
      return layer;
    }
    List<SavedArray> arrays =
        layer.arrays().stream()
            .map(array -> array.name().equals(KERNEL) ? ofKeras(array, c) : array)
            .toList();
    return new SavedLayer(layer.name(), arrays);
  }

  private static SavedArray ofKeras(SavedArray kernel, int channels) {
    int[] shape = kernel.shape();
    return kernel.reshaped(shape[0], shape[1], channels, shape[3] / channels).renamed(NAME);
  }

  /** Returns an array of a file: one of these kernels as those of groups, others as they are. */
  static SavedArray inGroups(SavedArray array) {
    return array.name().equals(NAME) && array.shape().length == 4
        ? reshaped(array).renamed(KERNEL)
        : array;
  }

  /** Returns the arrays of a depthwise layer, whose kernel has any convolution's name. */
  static List<SavedArray> inGroups(List<SavedArray> arrays) {
    return arrays.stream()
        .map(
            array ->
                array.name().equals(KERNEL) && array.shape().length == 4 ? reshaped(array) : array)
        .toList();
  }

  private static SavedArray reshaped(SavedArray array) {
    int[] shape = array.shape();
    return array.reshaped(shape[0], shape[1], 1, Math.multiplyExact(shape[2], shape[3]));
  }
}
