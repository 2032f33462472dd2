package dev.lanewise.formats.keras;

import dev.lanewise.formats.saved.ConfigDifference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which layer of a file is which of a network's.
 *
 * <p>Layers with weights are paired by name where the file has all of the network's names, else by
 * their order within a kind. All others go by what they read, since their names are mostly numbers
 * that Keras gives out: a layer's partner is the one of its kind that reads the partners of what it
 * reads. A layer without a partner is passed over in that, so that those behind it find theirs.
 */
final class ConfigPairs {
  private static final String LAYER = "layer";
  private static final String COUNT = "number of layers";
  private static final String NONE = "none";

  private final ConfigGraph network;
  private final ConfigGraph file;

  /** The file's layers, by the names of the network's. */
  private final Map<String, ConfigNode> pairs = new HashMap<>();

  /** The names of the file's layers that have a partner. */
  private final Set<String> taken = new HashSet<>();

  private final List<ConfigDifference> unpaired = new ArrayList<>();

  ConfigPairs(ConfigGraph network, ConfigGraph file) {
    this.network = network;
    this.file = file;
    Map<String, List<ConfigNode>> wanted = network.kinds();
    Map<String, List<ConfigNode>> found = file.kinds();
    Set<String> kinds = new LinkedHashSet<>(wanted.keySet());
    kinds.addAll(found.keySet());
    boolean known = true;
    for (String kind : kinds) {
      if (ConfigNode.isWeighted(kind)) {
        known &= pairWeighted(kind, of(wanted, kind), of(found, kind));
      }
    }
    for (String kind : kinds) {
      if (!ConfigNode.isWeighted(kind) && !known) {
        count(kind, of(wanted, kind), of(found, kind));
      }
    }
    if (known) {
      pairRest();
    }
  }

  private static List<ConfigNode> of(Map<String, List<ConfigNode>> kinds, String kind) {
    return kinds.getOrDefault(kind, List.of());
  }

  /** Returns whether it is known which is which. */
  private boolean pairWeighted(String kind, List<ConfigNode> wanted, List<ConfigNode> found) {
    long named = wanted.stream().filter(node -> isIn(found, node)).count();
    if (wanted.size() == found.size() && named < wanted.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        pair(wanted.get(i), found.get(i));
      }
      return true;
    }
    if (named == 0 && !wanted.isEmpty()) {
      count(kind, wanted, found);
      return false;
    }
    for (ConfigNode node : wanted) {
      if (isIn(found, node)) {
        pair(node, file.node(node.name()));
      } else {
        unpaired.add(new ConfigDifference(node.name(), LAYER, kind, NONE));
      }
    }
    found.stream()
        .filter(node -> !taken.contains(node.name()))
        .forEach(node -> unpaired.add(new ConfigDifference(node.name(), LAYER, NONE, kind)));
    return true;
  }

  private static boolean isIn(List<ConfigNode> nodes, ConfigNode node) {
    return nodes.stream().anyMatch(other -> other.name().equals(node.name()));
  }

  private void count(String kind, List<ConfigNode> wanted, List<ConfigNode> found) {
    if (wanted.size() != found.size()) {
      unpaired.add(
          new ConfigDifference(
              kind, COUNT, String.valueOf(wanted.size()), String.valueOf(found.size())));
    }
  }

  private void pair(ConfigNode wanted, ConfigNode found) {
    pairs.put(wanted.name(), found);
    taken.add(found.name());
  }

  private void pairRest() {
    for (ConfigNode node : network.nodes()) {
      if (!ConfigNode.isWeighted(node.kind())) {
        Optional<ConfigNode> found = partner(node);
        if (found.isPresent()) {
          pair(node, found.get());
        } else {
          unpaired.add(new ConfigDifference(node.name(), LAYER, node.kind(), NONE));
        }
      }
    }
    for (ConfigNode node : file.nodes()) {
      if (!ConfigNode.isWeighted(node.kind()) && !taken.contains(node.name())) {
        unpaired.add(
            node.isOwnActivation()
                ? ofOwnActivation(node)
                : new ConfigDifference(node.name(), LAYER, NONE, node.kind()));
      }
    }
  }

  /** Says of a layer of the file that it has an activation, where the network's has none. */
  private ConfigDifference ofOwnActivation(ConfigNode activation) {
    String owner = activation.inputs().get(0);
    String name =
        pairs.entrySet().stream()
            .filter(pair -> pair.getValue().name().equals(owner))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(owner);
    return new ConfigDifference(
        name,
        ConfigNode.FUNCTION,
        ConfigNode.LINEAR,
        activation.properties().get(ConfigNode.FUNCTION));
  }

  /** Finds the layer that reads the same; else one that reads some of it, and something else. */
  private Optional<ConfigNode> partner(ConfigNode node) {
    List<ConfigNode> free =
        of(file.kinds(), node.kind()).stream()
            .filter(found -> !taken.contains(found.name()))
            .toList();
    Set<String> inputs = inputs(node);
    return free.stream()
        .filter(found -> sources(found).equals(inputs))
        .findFirst()
        .or(
            () ->
                free.stream()
                    .filter(found -> found.inputs().stream().anyMatch(inputs::contains))
                    .findFirst());
  }

  /** Returns the file's layer for one of the network's; empty where it has none. */
  Optional<ConfigNode> of(ConfigNode wanted) {
    return Optional.ofNullable(pairs.get(wanted.name()));
  }

  /** Returns the layers of one of the two that the other does not have. */
  List<ConfigDifference> unpaired() {
    return unpaired;
  }

  /** Returns whether a difference is that the network lacks a layer of the file. */
  static boolean isOnlyInFile(ConfigDifference difference, ConfigNode node) {
    return difference.equals(new ConfigDifference(node.name(), LAYER, NONE, node.kind()));
  }

  /** Returns the file's names of what a layer of the network reads. */
  Set<String> inputs(ConfigNode wanted) {
    Set<String> names = new TreeSet<>();
    for (String source : paired(wanted, network, pairs.keySet())) {
      names.add(pairs.get(source).name());
    }
    return names;
  }

  /** Returns the names of what a layer of the file reads. */
  Set<String> sources(ConfigNode found) {
    return paired(found, file, taken);
  }

  /** Returns the nearest layers with partners on the ways from a layer to the input. */
  private static Set<String> paired(ConfigNode node, ConfigGraph graph, Set<String> paired) {
    Set<String> sources = new TreeSet<>();
    Set<String> seen = new HashSet<>();
    Deque<String> rest = new ArrayDeque<>(node.inputs());
    while (!rest.isEmpty()) {
      String name = rest.poll();
      if (paired.contains(name)) {
        sources.add(name);
      } else if (seen.add(name) && graph.node(name) != null) {
        rest.addAll(graph.node(name).inputs());
      }
    }
    return sources;
  }
}
