package dev.lanewise.formats.keras;

import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Compares a {@code model_config} with a network.
 *
 * <p>Layers with weights are paired by name where the file has all of the network's names, else by
 * their order within a kind. The names of all other layers are mostly numbers that Keras gives out:
 * they are paired by name or by order, whatever leaves fewer differences. Layers that do nothing
 * when a model predicts (dropout, flatten) do not count, nor do the sizes of input images.
 */
final class ConfigCheck {
  private static final String LAYER = "layer";
  private static final String COUNT = "number of layers";
  private static final String INPUTS = "inputs";
  private static final String NONE = "none";

  private final boolean byName;
  private final ConfigGraph network;
  private final ConfigGraph file;
  private final Map<String, List<Integer>> maps = new HashMap<>();

  /** The file's layers, by the names of the network's. */
  private final Map<String, ConfigNode> pairs = new HashMap<>();

  private final List<ConfigDifference> differences = new ArrayList<>();

  private ConfigCheck(KerasConfig config, List<LayerInfo> layers, boolean byName) {
    this.byName = byName;
    network = ConfigGraph.of(layers.stream().map(ConfigNode::of).toList());
    file = ConfigGraph.of(config.layers().stream().map(ConfigNode::of).toList());
    layers.forEach(layer -> maps.put(layer.name(), layer.outputShape()));
  }

  static List<ConfigDifference> differences(KerasConfig config, List<LayerInfo> layers) {
    List<ConfigDifference> byName = new ConfigCheck(config, layers, true).run();
    List<ConfigDifference> byOrder = new ConfigCheck(config, layers, false).run();
    return byName.size() <= byOrder.size() ? byName : byOrder;
  }

  private List<ConfigDifference> run() {
    pair();
    for (ConfigNode node : network.nodes()) {
      if (pairs.containsKey(node.name())) {
        compare(node, pairs.get(node.name()));
      }
    }
    return List.copyOf(differences);
  }

  private void pair() {
    Map<String, List<ConfigNode>> wanted = network.kinds();
    Map<String, List<ConfigNode>> found = file.kinds();
    Stream.concat(wanted.keySet().stream(), found.keySet().stream())
        .distinct()
        .forEach(
            kind ->
                pair(
                    kind,
                    wanted.getOrDefault(kind, List.of()),
                    found.getOrDefault(kind, List.of())));
  }

  private void pair(String kind, List<ConfigNode> wanted, List<ConfigNode> found) {
    long named = wanted.stream().filter(node -> isIn(found, node)).count();
    boolean all = named == wanted.size() && (byName || ConfigNode.isWeighted(kind));
    if (wanted.size() == found.size() && !all) {
      for (int i = 0; i < wanted.size(); i++) {
        pairs.put(wanted.get(i).name(), found.get(i));
      }
    } else if (named > 0) {
      for (ConfigNode node : wanted) {
        if (isIn(found, node)) {
          pairs.put(node.name(), file.node(node.name()));
        } else {
          differ(node.name(), LAYER, kind, NONE);
        }
      }
      found.stream()
          .filter(node -> !isIn(wanted, node))
          .forEach(node -> differ(node.name(), LAYER, NONE, kind));
    } else if (wanted.isEmpty()) {
      found.forEach(node -> differ(node.name(), LAYER, NONE, kind));
    } else {
      differ(kind, COUNT, String.valueOf(wanted.size()), String.valueOf(found.size()));
    }
  }

  private static boolean isIn(List<ConfigNode> nodes, ConfigNode node) {
    return nodes.stream().anyMatch(other -> other.name().equals(node.name()));
  }

  private void compare(ConfigNode wanted, ConfigNode found) {
    if (!poolsTheSame(wanted, found)) {
      for (Map.Entry<String, String> property : wanted.properties().entrySet()) {
        String value = found.properties().getOrDefault(property.getKey(), NONE);
        if (!property.getValue().equals(value)) {
          differ(wanted.name(), property.getKey(), property.getValue(), value);
        }
      }
    }
    List<String> inputs =
        wanted.inputs().stream()
            .map(pairs::get)
            .filter(Objects::nonNull)
            .map(ConfigNode::name)
            .sorted()
            .toList();
    // Without its partner an input has been reported already.
    boolean known = inputs.size() == wanted.inputs().size();
    if (known && !inputs.equals(found.inputs().stream().sorted().toList())) {
      differ(wanted.name(), INPUTS, wanted.inputs().toString(), found.inputs().toString());
    }
  }

  /** Returns whether one takes the average of the whole map, and the other a window as large. */
  private boolean poolsTheSame(ConfigNode wanted, ConfigNode found) {
    String wantedPool = wanted.properties().getOrDefault(ConfigNode.POOL, "");
    String foundPool = found.properties().getOrDefault(ConfigNode.POOL, "");
    List<Integer> map = wanted.inputs().isEmpty() ? null : maps.get(wanted.inputs().get(0));
    if (map == null || map.size() != 3) {
      return false;
    }
    String whole = map.subList(0, 2).toString();
    return wantedPool.equals(ConfigNode.GLOBAL_AVERAGE)
            && foundPool.equals(ConfigNode.AVERAGE)
            && whole.equals(found.properties().get(ConfigNode.POOL_SIZE))
        || foundPool.equals(ConfigNode.GLOBAL_AVERAGE)
            && wantedPool.equals(ConfigNode.AVERAGE)
            && whole.equals(wanted.properties().get(ConfigNode.POOL_SIZE));
  }

  private void differ(String layer, String property, String wanted, String found) {
    differences.add(new ConfigDifference(layer, property, wanted, found));
  }
}
