package dev.lanewise.formats.keras;

import dev.lanewise.network.HeadActivation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of a network or a file, without inputs and those that change nothing, in an order that
 * does not depend on the order in which they were made: by falling distance from the output, then
 * by rising distance from the input. In ResNets no two layers of a kind have both in common.
 */
final class ConfigGraph {
  /** What may stand behind a dense layer as a layer of its own. */
  private static final Set<String> HEADS =
      Set.of(HeadActivation.SOFTMAX.text(), HeadActivation.SIGMOID.text());

  private final Map<String, ConfigNode> nodes = new LinkedHashMap<>();

  private ConfigGraph() {}

  static ConfigGraph of(List<ConfigNode> all) {
    ConfigGraph graph = new ConfigGraph();
    Map<String, ConfigNode> byName = new LinkedHashMap<>();
    all.forEach(node -> byName.putIfAbsent(node.name(), node));
    leaveOutPixelLayers(byName);
    splitActivations(byName);
    mergeHead(byName);
    byName
        .values()
        .forEach(
            node -> {
              if (!node.isTransparent() && !node.isInput()) {
                List<String> inputs =
                    node.inputs().stream()
                        .map(input -> source(input, byName))
                        .filter(input -> !byName.containsKey(input) || !byName.get(input).isInput())
                        .toList();
                graph.nodes.put(node.name(), node.reading(inputs));
              }
            });
    graph.sort();
    return graph;
  }

  /** What a model makes of pixels before all else is preprocessing, and no part of the network. */
  private static void leaveOutPixelLayers(Map<String, ConfigNode> nodes) {
    for (ConfigNode node : List.copyOf(nodes.values())) {
      if (PixelLayer.is(node.kind())
          && node.inputs().stream().allMatch(i -> nodes.containsKey(i) && nodes.get(i).isInput())) {
        nodes.put(node.name(), node.asInput());
      }
    }
  }

  /** Makes two of a convolution or a dense layer that is told an activation of its own. */
  private static void splitActivations(Map<String, ConfigNode> nodes) {
    Map<String, String> moved = new LinkedHashMap<>();
    for (ConfigNode node : List.copyOf(nodes.values())) {
      String function = node.properties().get(ConfigNode.FUNCTION);
      boolean works = node.kind().equals(ConfigNode.CONV) || node.kind().equals(ConfigNode.DENSE);
      if (works && function != null && !function.equals(ConfigNode.LINEAR)) {
        ConfigNode own = node.ownActivation(function);
        moved.put(node.name(), own.name());
        nodes.put(node.name(), node.with(ConfigNode.FUNCTION, ConfigNode.LINEAR));
        nodes.put(own.name(), own);
      }
    }
    nodes.replaceAll(
        (name, node) ->
            node.isOwnActivation()
                ? node
                : node.reading(node.inputs().stream().map(i -> moved.getOrDefault(i, i)).toList()));
  }

  /** Makes one of a dense layer and a layer of softmax or sigmoid that follows it. */
  private static void mergeHead(Map<String, ConfigNode> nodes) {
    for (ConfigNode node : List.copyOf(nodes.values())) {
      String function = node.properties().get(ConfigNode.FUNCTION);
      if (node.kind().equals(ConfigNode.ACTIVATION)
          && function != null
          && HEADS.contains(function)
          && node.inputs().size() == 1) {
        ConfigNode dense = nodes.get(node.inputs().get(0));
        if (dense != null
            && dense.kind().equals(ConfigNode.DENSE)
            && ConfigNode.LINEAR.equals(dense.properties().get(ConfigNode.FUNCTION))) {
          nodes.put(dense.name(), dense.with(ConfigNode.FUNCTION, function));
          nodes.remove(node.name());
        }
      }
    }
  }

  /** Returns the first layer, going towards the input, that changes anything. */
  private static String source(String name, Map<String, ConfigNode> nodes) {
    String source = name;
    for (int steps = 0; steps < nodes.size(); steps++) {
      ConfigNode node = nodes.get(source);
      if (node == null || !node.isTransparent() || node.inputs().size() != 1) {
        return source;
      }
      source = node.inputs().get(0);
    }
    return source;
  }

  private void sort() {
    Map<String, List<String>> outputs = new HashMap<>();
    nodes
        .values()
        .forEach(
            node ->
                node.inputs()
                    .forEach(
                        input ->
                            outputs
                                .computeIfAbsent(input, key -> new ArrayList<>())
                                .add(node.name())));
    Map<String, List<String>> inputs = new HashMap<>();
    nodes.values().forEach(node -> inputs.put(node.name(), node.inputs()));
    Map<String, Integer> fromInput = distances(inputs, outputs);
    Map<String, Integer> fromOutput = distances(outputs, inputs);
    List<ConfigNode> sorted = new ArrayList<>(nodes.values());
    sorted.sort(
        Comparator.comparing((ConfigNode node) -> -fromOutput.getOrDefault(node.name(), 0))
            .thenComparing(node -> fromInput.getOrDefault(node.name(), 0)));
    nodes.clear();
    sorted.forEach(node -> nodes.put(node.name(), node));
  }

  /** Returns the longest ways from the layers that have none before them; cycles have none. */
  private Map<String, Integer> distances(
      Map<String, List<String>> before, Map<String, List<String>> behind) {
    Map<String, Integer> missing = new HashMap<>();
    Map<String, Integer> distances = new HashMap<>();
    Deque<String> ready = new ArrayDeque<>();
    for (String name : nodes.keySet()) {
      int count =
          (int) before.getOrDefault(name, List.of()).stream().filter(nodes::containsKey).count();
      missing.put(name, count);
      if (count == 0) {
        ready.add(name);
      }
    }
    while (!ready.isEmpty()) {
      String name = ready.poll();
      int distance = distances.computeIfAbsent(name, key -> 0);
      for (String next : behind.getOrDefault(name, List.of())) {
        if (nodes.containsKey(next)) {
          distances.merge(next, distance + 1, Math::max);
          if (missing.merge(next, -1, Integer::sum) == 0) {
            ready.add(next);
          }
        }
      }
    }
    return distances;
  }

  ConfigNode node(String name) {
    return nodes.get(name);
  }

  /** Returns the layers in order. */
  List<ConfigNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Returns the layers by kind, each in order. */
  Map<String, List<ConfigNode>> kinds() {
    Map<String, List<ConfigNode>> kinds = new LinkedHashMap<>();
    nodes
        .values()
        .forEach(node -> kinds.computeIfAbsent(node.kind(), key -> new ArrayList<>()).add(node));
    return kinds;
  }
}
