package dev.lanewise.formats.keras;

import dev.lanewise.network.LayerInfo;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which Keras lists the layers of a functional model, in {@code model.layers} and in
 * its files: by falling distance from the output; layers of one distance in the order in which a
 * walk from the output to the inputs meets them ({@code map_graph_network} in Keras's {@code
 * functional.py}).
 */
public final class LayerOrder {
  private final Map<String, LayerInfo> layers = new HashMap<>();
  private final Map<String, Integer> met = new HashMap<>();
  private final Set<String> finished = new HashSet<>();

  /** Every layer after all that it reads. */
  private final List<LayerInfo> inputsFirst = new ArrayList<>();

  private LayerOrder(List<LayerInfo> layers) {
    layers.forEach(layer -> this.layers.put(layer.name(), layer));
  }

  /**
   * Returns layers in Keras's order.
   *
   * @param layers a network's layers, the output last
   */
  public static List<LayerInfo> ofKeras(List<LayerInfo> layers) {
    LayerOrder order = new LayerOrder(layers);
    order.walk(layers.get(layers.size() - 1));
    Map<String, Integer> depths = order.depths();
    return order.inputsFirst.stream()
        .sorted(
            Comparator.comparing((LayerInfo layer) -> -depths.get(layer.name()))
                .thenComparing(layer -> order.met.get(layer.name())))
        .toList();
  }

  /** Goes to each input in turn before it is done with a layer. */
  private void walk(LayerInfo output) {
    Deque<Visit> path = new ArrayDeque<>();
    path.push(enter(output));
    while (!path.isEmpty()) {
      Visit visit = path.peek();
      if (visit.inputs().hasNext()) {
        String input = visit.inputs().next();
        if (!finished.contains(input)) {
          path.push(enter(layers.get(input)));
        }
      } else {
        finished.add(visit.layer().name());
        inputsFirst.add(visit.layer());
        path.pop();
      }
    }
  }

  /** A layer on the walk's path, and those of its inputs that are to come. */
  private record Visit(LayerInfo layer, Iterator<String> inputs) {}

  private Visit enter(LayerInfo layer) {
    met.putIfAbsent(layer.name(), met.size());
    return new Visit(layer, layer.inputs().iterator());
  }

  /** Returns each layer's greatest distance from the output. */
  private Map<String, Integer> depths() {
    Map<String, Integer> depths = new HashMap<>();
    for (int i = inputsFirst.size() - 1; i >= 0; i--) {
      LayerInfo layer = inputsFirst.get(i);
      int depth = depths.merge(layer.name(), 0, Math::max);
      layer.inputs().forEach(input -> depths.merge(input, depth + 1, Math::max));
    }
    return depths;
  }
}
