package dev.lanewise.formats.saved;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights as a file of any producer holds them, in Keras's layouts and under Keras's names of
 * arrays.
 *
 * @param format what kind of file it is, for messages: {@code "Keras HDF5, version 2.2.4"}
 * @param layers the layers that have arrays
 * @param named whether the layers' names are those that the producer gave them; else they were made
 *     up by the format, and only the order counts
 * @param ordered whether the layers of each kind stand in the network's order
 * @param config Keras's {@code model_config} as JSON; null where the file has none
 * @param graph gives a network's layers their arrays by what reads what; null where the file has no
 *     graph
 * @param attributes what else is known, by name
 */
public record SavedWeights(
    String format,
    List<SavedLayer> layers,
    boolean named,
    boolean ordered,
    String config,
    WeightGraph graph,
    Map<String, String> attributes) {
  /**
   * Copies list and map, keeping their order.
   *
   * @throws IllegalArgumentException where two layers share a name
   */
  public SavedWeights {
    layers = List.copyOf(layers);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    Saved.checkDistinct("layers", layers, SavedLayer::name);
  }

  /**
   * Creates weights without a graph.
   *
   * @param format what kind of file it is, for messages
   * @param layers the layers that have arrays
   * @param named whether the layers' names are those that the producer gave them
   * @param ordered whether the layers of each kind stand in the network's order
   * @param config Keras's {@code model_config} as JSON; null where the file has none
   * @param attributes what else is known, by name
   * @throws IllegalArgumentException where two layers share a name
   */
  public SavedWeights(
      String format,
      List<SavedLayer> layers,
      boolean named,
      boolean ordered,
      String config,
      Map<String, String> attributes) {
    this(format, layers, named, ordered, config, null, attributes);
  }
}
