package dev.lanewise.formats.onnx;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network's layers, and who reads them. */
final class LayerGraph {
  private final Map<String, LayerInfo> layers = new LinkedHashMap<>();
  private final Map<String, List<LayerInfo>> readers = new HashMap<>();

  LayerGraph(List<LayerInfo> all) {
    for (LayerInfo layer : all) {
      layers.put(layer.name(), layer);
      for (String input : layer.inputs()) {
        readers.computeIfAbsent(input, name -> new ArrayList<>()).add(layer);
      }
    }
  }

  /** Returns the layers by name, in their order. */
  Map<String, LayerInfo> layers() {
    return layers;
  }

  /** Returns the layer that a layer with one input reads. */
  LayerInfo input(LayerInfo layer) {
    return layers.get(layer.inputs().getFirst());
  }

  /** Returns the batch normalisation that alone reads a convolution; null where there is none. */
  LayerInfo normalisation(LayerInfo convolution) {
    List<LayerInfo> all = readers.getOrDefault(convolution.name(), List.of());
    boolean alone =
        all.size() == 1 && all.getFirst().config() instanceof LayerConfig.BatchNormalization;
    return alone ? all.getFirst() : null;
  }

  /** Returns whether a layer of zeros can be the padding of all that read it. */
  boolean isPadding(LayerInfo zeros) {
    return zeros.config() instanceof LayerConfig.ZeroPadding
        && readers.getOrDefault(zeros.name(), List.of()).stream()
            .allMatch(reader -> reader.config() instanceof LayerConfig.Convolution);
  }
}
