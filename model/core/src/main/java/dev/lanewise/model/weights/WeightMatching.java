package dev.lanewise.model.weights;

import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.LayerOrder;
import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.formats.torch.DenseRows;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds for each layer of a network that has parameters the layer of a file that has its values.
 *
 * <p>By name only where file and network have the same names: where some of them coincide, they may
 * do so by chance ({@code conv2d_1} is the second convolution of one Keras and the first of
 * another), and where the file has more, it is that of a larger network. Else by order within each
 * kind of layer, where the file has one; or by the graph, where the file has one. Either way, every
 * array must have the wanted shape.
 */
final class WeightMatching {
  private static final String WITHOUT_HEAD =
      "; it can be loaded without its head (--new-head of train, or LoadOptions.withoutHead)";

  private final String from;
  private final SavedWeights saved;
  private final Map<String, LayerInfo> infos = new LinkedHashMap<>();

  /** The network's layers with parameters, in Keras's order. */
  private final Map<String, List<Parameter>> wanted = new LinkedHashMap<>();

  /** The file's layers, by their names or by torchvision's. */
  private final Map<String, SavedLayer> given = new LinkedHashMap<>();

  private final List<String> leftOut = new ArrayList<>();

  /** Values for parameters, and where they come from. */
  record Result(Map<Parameter, SavedArray> arrays, LoadReport report) {}

  private WeightMatching(Network network, SavedWeights saved, LoadOptions options, String from) {
    this.from = from;
    this.saved = saved;
    Map<String, List<Parameter>> parameters =
        network.parameters().stream().collect(Collectors.groupingBy(Parameter::layer));
    for (LayerInfo info : LayerOrder.ofKeras(network.layerInfos())) {
      infos.put(info.name(), info);
      List<Parameter> own = parameters.get(info.name());
      if (own == null) {
        continue;
      }
      if (options.head() || LayerKind.of(own) != LayerKind.DENSE) {
        wanted.put(info.name(), own);
      } else {
        leftOut.add("layer '" + info.name() + "' of the network, which keeps its values");
      }
    }
    for (SavedLayer layer : saved.layers()) {
      LayerKind kind = LayerKind.of(layer);
      if (layer.arrays().isEmpty()) {
        continue;
      }
      if (kind == LayerKind.PIXELS) {
        leftOut.add("layer '" + layer.name() + "' of the file, which is preprocessing here");
        continue;
      }
      if (options.head() || kind != LayerKind.DENSE) {
        String name = TorchNames.torchvision(layer.name());
        if (given.put(name, layer) != null) {
          throw new ModelException(from + " has two layers that are called '" + name + "'");
        }
      } else {
        leftOut.add("layer '" + layer.name() + "' of the file: " + layer.arrays());
      }
    }
  }

  /**
   * Matches all layers.
   *
   * @param from what the weights come from, for messages
   * @throws ModelException naming a layer, wanted and got, where anything does not fit
   */
  static Result match(Network network, SavedWeights saved, LoadOptions options, String from) {
    return new WeightMatching(network, saved, options, from).match();
  }

  private Result match() {
    if (saved.graph() != null) {
      return result(byGraph(), false);
    }
    Map<String, SavedLayer> byName = saved.named() ? byName() : null;
    ModelException refusal = null;
    if (byName != null) {
      try {
        return result(byName, true);
      } catch (ModelException e) {
        refusal = e;
      }
    }
    if (!saved.ordered()) {
      throw refusal != null ? refusal : new ModelException(from + ": " + namesApart());
    }
    try {
      return result(byOrder(), false);
    } catch (ModelException e) {
      throw refusal != null ? refusal : e;
    }
  }

  private Map<String, SavedLayer> byGraph() {
    try {
      return saved.graph().layersOf(List.copyOf(infos.values()));
    } catch (IllegalArgumentException e) {
      throw new ModelException(from + " does not fit the network: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the file's layers by the network's names, where both have the same; null otherwise. The
   * file's may have a prefix, as PyTorch's modules around modules give them, and the only dense
   * layer may have any name.
   */
  private Map<String, SavedLayer> byName() {
    if (given.size() != wanted.size() || wanted.isEmpty()) {
      return null;
    }
    String first = wanted.keySet().iterator().next();
    for (String name : given.keySet()) {
      if (name.equals(first) || name.endsWith("." + first)) {
        String prefix = name.substring(0, name.length() - first.length());
        Map<String, SavedLayer> found = new LinkedHashMap<>();
        wanted.keySet().forEach(layer -> found.put(layer, named(layer, prefix)));
        if (!found.containsValue(null)) {
          return found;
        }
      }
    }
    return null;
  }

  private SavedLayer named(String layer, String prefix) {
    SavedLayer same = given.get(prefix + layer);
    return same == null && kindOf(layer) == LayerKind.DENSE ? onlyDense() : same;
  }

  /** Returns the file's dense layer where both sides have one; null otherwise. */
  private SavedLayer onlyDense() {
    List<SavedLayer> dense =
        given.values().stream().filter(layer -> LayerKind.of(layer) == LayerKind.DENSE).toList();
    long own = wanted.keySet().stream().filter(l -> kindOf(l) == LayerKind.DENSE).count();
    return own == 1 && dense.size() == 1 ? dense.get(0) : null;
  }

  private Map<String, SavedLayer> byOrder() {
    Map<String, SavedLayer> found = new LinkedHashMap<>();
    for (LayerKind kind : LayerKind.values()) {
      List<String> layers = wanted.keySet().stream().filter(l -> kindOf(l) == kind).toList();
      List<SavedLayer> sources =
          given.values().stream().filter(source -> LayerKind.of(source) == kind).toList();
      if (layers.size() != sources.size()) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s holds %s, and the network requires %s: %s",
                from,
                kind.count(sources.size()),
                kind.count(layers.size()),
                namesApart()));
      }
      for (int i = 0; i < layers.size(); i++) {
        found.put(layers.get(i), sources.get(i));
      }
    }
    return found;
  }

  private LayerKind kindOf(String layer) {
    return LayerKind.of(wanted.get(layer));
  }

  /** Says which names are on one side alone. */
  private String namesApart() {
    Set<String> missing = new LinkedHashSet<>(wanted.keySet());
    missing.removeAll(given.keySet());
    Set<String> surplus = new LinkedHashSet<>(given.keySet());
    surplus.removeAll(wanted.keySet());
    List<String> parts = new ArrayList<>();
    if (!missing.isEmpty()) {
      parts.add("it lacks " + listed(missing));
    }
    if (!surplus.isEmpty()) {
      parts.add("it has " + listed(surplus) + ", which the network has not");
    }
    boolean headAlone =
        missing.stream().allMatch(layer -> kindOf(layer) == LayerKind.DENSE)
            && surplus.stream().allMatch(l -> LayerKind.of(given.get(l)) == LayerKind.DENSE);
    return String.join(", and ", parts) + (headAlone ? WITHOUT_HEAD : "");
  }

  private static String listed(Set<String> names) {
    int most = 4;
    String first =
        names.stream().limit(most).map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    return names.size() <= most ? first : first + " and " + (names.size() - most) + " more";
  }

  /** Finds every array of every layer. */
  private Result result(Map<String, SavedLayer> sources, boolean byName) {
    Map<Parameter, SavedArray> arrays = new LinkedHashMap<>();
    List<LoadReport.Match> matches = new ArrayList<>();
    wanted.forEach(
        (layer, parameters) -> {
          SavedLayer source = sources.get(layer);
          if (source == null) {
            throw new ModelException(
                from
                    + ": it lacks '"
                    + layer
                    + "'"
                    + (kindOf(layer) == LayerKind.DENSE ? WITHOUT_HEAD : ""));
          }
          List<String> shapes = new ArrayList<>();
          for (Parameter parameter : parameters) {
            SavedArray array = find(source, parameter);
            shapes.add(parameter.name() + " " + array.shapeText());
            arrays.put(parameter, array);
          }
          refuseSurplus(source, layer, parameters);
          matches.add(new LoadReport.Match(layer, source.name(), shapes));
        });
    List<ConfigDifference> differences =
        saved.config() == null
            ? List.of()
            : KerasConfig.parse(saved.config(), from).differences(List.copyOf(infos.values()));
    return new Result(
        arrays, new LoadReport(saved.format(), byName, matches, leftOut, differences));
  }

  private SavedArray find(SavedLayer source, Parameter parameter) {
    String layer = parameter.layer();
    for (SavedArray array : source.arrays()) {
      if (array.name().equals(parameter.name())) {
        if (isDepthwise(array, parameter)) {
          return array.reshaped(parameter.shape());
        }
        if (!Arrays.equals(array.shape(), parameter.shape())) {
          throw new ModelException(
              String.format(
                  Locale.ROOT,
                  "%s: layer '%s' requires a %s of shape %s, and the file's '%s' has %s%s",
                  from,
                  layer,
                  parameter.name(),
                  Arrays.toString(parameter.shape()).replace(" ", ""),
                  source.name(),
                  array.shapeText(),
                  kindOf(layer) == LayerKind.DENSE ? WITHOUT_HEAD : ""));
        }
        return DenseRows.channelsFirst(saved)
            ? DenseRows.channelsLast(array, DenseRows.flattened(infos, layer))
            : array;
      }
    }
    throw new ModelException(
        String.format(
            Locale.ROOT,
            "%s: layer '%s' requires a %s, and the file's '%s' has only %s",
            from,
            layer,
            parameter.name(),
            source.name(),
            source.arrays()));
  }

  /** Returns whether an array is a depthwise layer's [KH,KW,C,M] where [KH,KW,1,C*M] is wanted. */
  private boolean isDepthwise(SavedArray array, Parameter parameter) {
    int[] got = array.shape();
    int[] required = parameter.shape();
    return infos.get(parameter.layer()).config() instanceof LayerConfig.Convolution conv
        && conv.depthwise()
        && got.length == 4
        && required.length == 4
        && got[0] == required[0]
        && got[1] == required[1]
        && got[2] == conv.groups()
        && (long) got[2] * got[3] == required[3];
  }

  private void refuseSurplus(SavedLayer source, String layer, List<Parameter> parameters) {
    for (SavedArray array : source.arrays()) {
      if (parameters.stream().noneMatch(parameter -> parameter.name().equals(array.name()))) {
        throw new ModelException(
            String.format(
                Locale.ROOT,
                "%s: the file's layer '%s' has a %s %s, and layer '%s' of the network has none",
                from,
                source.name(),
                array.name(),
                array.shapeText(),
                layer));
      }
    }
  }
}
