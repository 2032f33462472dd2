package dev.lanewise.formats.saved;

import dev.lanewise.network.LayerInfo;
import java.util.List;
import java.util.Map;

/** Weights within a graph of operations, which tells of which layer they are. */
@FunctionalInterface
public interface WeightGraph {
  /**
   * Finds the arrays of a network's layers: those of the operations that stand where the layers do.
   *
   * @param network all layers, the output last
   * @return the arrays by the names of the network's layers, under the names that the file has
   * @throws IllegalArgumentException where graph and network differ, saying where; the message
   *     completes a sentence
   */
  Map<String, SavedLayer> layersOf(List<LayerInfo> network);
}
