package dev.lanewise.formats.keras;

import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares a {@code model_config} with a network: which layers there are and what they read, as
 * {@link ConfigPairs} finds them, and then each setting.
 *
 * <p>Layers that do nothing when a model predicts (dropout, flatten) do not count, nor do the sizes
 * of input images, nor a way to say the same: the average of a whole map, a padding where there is
 * nothing to pad, or zeros that a layer in front adds where the network's 'same' would.
 */
final class ConfigCheck {
  private static final String INPUTS = "inputs";
  private static final String NONE = "none";
  private static final Set<String> PADDINGS = Set.of(ConfigNode.VALID, ConfigNode.SAME);

  private final ConfigGraph file;
  private final Map<String, LayerInfo> layers = new HashMap<>();
  private final List<ConfigDifference> differences = new ArrayList<>();

  private ConfigCheck(ConfigGraph file, List<LayerInfo> layers) {
    this.file = file;
    layers.forEach(layer -> this.layers.put(layer.name(), layer));
  }

  static List<ConfigDifference> differences(KerasConfig config, List<LayerInfo> layers) {
    ConfigGraph network = ConfigGraph.of(layers.stream().map(ConfigNode::of).toList());
    ConfigGraph file = ConfigGraph.of(config.layers().stream().map(ConfigNode::of).toList());
    ConfigPairs pairs = new ConfigPairs(network, file);
    ConfigCheck check = new ConfigCheck(file, layers);
    check.differences.addAll(pairs.unpaired());
    for (ConfigNode wanted : network.nodes()) {
      pairs.of(wanted).ifPresent(found -> check.compare(wanted, found, pairs));
    }
    return List.copyOf(check.differences);
  }

  private void compare(ConfigNode wanted, ConfigNode found, ConfigPairs pairs) {
    if (!poolsTheSame(wanted, found)) {
      for (Map.Entry<String, String> property : wanted.properties().entrySet()) {
        String value = found.properties().getOrDefault(property.getKey(), NONE);
        if (!property.getValue().equals(value)
            && !padsNothing(wanted, property.getKey(), value)
            && !padsInFront(wanted, found, property.getKey())
            && !isOnlyAxis(wanted, property.getKey(), value)) {
          differ(wanted.name(), property.getKey(), property.getValue(), value);
        }
      }
    }
    if (!pairs.inputs(wanted).equals(pairs.sources(found))) {
      differ(wanted.name(), INPUTS, wanted.inputs().toString(), found.inputs().toString());
    }
  }

  /** Returns whether one takes the average of the whole map, and the other a window as large. */
  private boolean poolsTheSame(ConfigNode wanted, ConfigNode found) {
    List<Integer> map = inputMap(wanted);
    if (map.size() != 3) {
      return false;
    }
    String wantedPool = wanted.properties().getOrDefault(ConfigNode.POOL, "");
    String foundPool = found.properties().getOrDefault(ConfigNode.POOL, "");
    String whole = map.subList(0, 2).toString();
    return wantedPool.equals(ConfigNode.GLOBAL_AVERAGE)
            && foundPool.equals(ConfigNode.AVERAGE)
            && whole.equals(found.properties().get(ConfigNode.POOL_SIZE))
        || foundPool.equals(ConfigNode.GLOBAL_AVERAGE)
            && wantedPool.equals(ConfigNode.AVERAGE)
            && whole.equals(wanted.properties().get(ConfigNode.POOL_SIZE));
  }

  /** Returns the extents [H,W,C] of what a layer of the network reads; empty where unknown. */
  private List<Integer> inputMap(ConfigNode wanted) {
    List<String> inputs = layers.get(wanted.name()).inputs();
    LayerInfo input = inputs.isEmpty() ? null : layers.get(inputs.get(0));
    return input == null ? List.of() : input.outputShape();
  }

  /** Returns whether an axis counted from the front is the last one of a row of values. */
  private boolean isOnlyAxis(ConfigNode wanted, String property, String value) {
    return property.equals(ConfigNode.AXIS) && value.equals("[1]") && inputMap(wanted).size() == 1;
  }

  /** Returns whether 'valid' and 'same' come to the same: the windows end where the map does. */
  private boolean padsNothing(ConfigNode wanted, String property, String value) {
    if (!property.equals(ConfigNode.PADS)
        || !PADDINGS.containsAll(Set.of(wanted.properties().get(property), value))) {
      return false;
    }
    return List.of(0, 0, 0, 0).equals(samePadding(wanted));
  }

  /**
   * Returns whether the file's layer is 'valid' behind zeros that only it reads, and of which the
   * network's 'same' needs as many. The layer of zeros is then no difference either.
   */
  private boolean padsInFront(ConfigNode wanted, ConfigNode found, String property) {
    if (!property.equals(ConfigNode.PADS)
        || !ConfigNode.SAME.equals(wanted.properties().get(property))
        || !ConfigNode.VALID.equals(found.properties().get(property))
        || found.inputs().size() != 1) {
      return false;
    }
    ConfigNode zeros = file.node(found.inputs().get(0));
    return zeros != null
        && zeros.isZeroPadding()
        && String.valueOf(samePadding(wanted)).equals(zeros.properties().get(property))
        && file.nodes().stream().filter(node -> node.inputs().contains(zeros.name())).count() == 1
        && differences.removeIf(difference -> ConfigPairs.isOnlyInFile(difference, zeros));
  }

  /**
   * Returns the zeros above, below, left and right that 'same' means for a layer of the network;
   * null where that is unknown.
   */
  private List<Integer> samePadding(ConfigNode wanted) {
    List<Integer> map = inputMap(wanted);
    Window window =
        switch (layers.get(wanted.name()).config()) {
          case LayerConfig.Convolution conv -> conv.window();
          case LayerConfig.Pooling pool -> pool.window();
          default -> null;
        };
    if (window == null || map.size() != 3) {
      return null;
    }
    int rows = missing(map.get(0), window.extentH(), window.sh());
    int columns = missing(map.get(1), window.extentW(), window.sw());
    return List.of(rows / 2, rows - rows / 2, columns / 2, columns - columns / 2);
  }

  /** Returns by how much the last window of 'same' exceeds a map from whose start they begin. */
  private static int missing(int extent, int size, int stride) {
    return Math.max(0, (Math.ceilDiv(extent, stride) - 1) * stride + size - extent);
  }

  private void differ(String layer, String property, String wanted, String found) {
    differences.add(new ConfigDifference(layer, property, wanted, found));
  }
}
