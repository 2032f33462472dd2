package dev.lanewise.formats.saved;

import dev.lanewise.network.LayerInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network to be written as ONNX.
 *
 * @param name the network's name
 * @param layers its layers, input first, each behind those that it reads
 * @param weights the arrays of each layer, in Keras's layouts
 * @param pixels how bytes become what the network takes
 * @param metadata texts that the file keeps, by name
 */
public record OnnxNetwork(
    String name,
    List<LayerInfo> layers,
    List<SavedLayer> weights,
    Pixels pixels,
    Map<String, String> metadata) {
  /** Copies lists and map. */
  public OnnxNetwork {
    layers = List.copyOf(layers);
    weights = List.copyOf(weights);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * What becomes of the byte of a pixel: byte * scale + shift, by place in the result.
   *
   * @param scale [C]
   * @param shift [C], or [C,H,W]
   * @param reversed whether the channels' order is turned around first
   */
  public record Pixels(float[] scale, float[] shift, boolean reversed) {}
}
