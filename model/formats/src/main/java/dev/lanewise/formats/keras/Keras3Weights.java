package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the layout of Keras 3's {@code .weights.h5} ({@code saving_lib.py}), which TF-Keras 2.12
 * and later write too: a layer's arrays are {@code layers/conv2d_1/vars/0}, {@code .../1} and so
 * on. Layers go by their class and a counter, which tells the order within a class; those of nested
 * models stand below the model's. Newer releases keep the layers' names as attributes beside the
 * arrays.
 */
final class Keras3Weights {
  static final String VARS = "vars";
  static final String NAME = "name";
  static final String LAYERS = "layers";

  private static final String DEPTHWISE = "depthwise_conv2d";

  /** What TF-Keras 2.12 and 2.13 have in place of {@link #LAYERS}. */
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";

  /** Parts of a model that are no layers. */
  private static final Set<String> NO_LAYERS =
      Set.of(
          "optimizer",
          "_optimizer",
          "loss",
          "metrics",
          "compiled_loss",
          "compiled_metrics",
          "loss_tracker",
          "keras_api",
          "seed_generator");

  private static final Pattern COUNTED = Pattern.compile("(.*?)_(\\d{1,6})");

  private final Hdf5Reader.ArrayReader reader;
  private final List<Entry> entries = new ArrayList<>();

  private Keras3Weights(Hdf5Reader.ArrayReader reader) {
    this.reader = reader;
  }

  /**
   * A layer's place in the file.
   *
   * @param path the layer and the models around it, the outermost first
   * @param given the name that the file gives it; null where it does not
   * @param arrays what it holds; may be empty
   */
  private record Entry(List<Step> path, String given, List<SavedArray> arrays) {
    String label() {
      return String.join(".", path.stream().map(Step::toString).toList());
    }

    List<Step> model() {
      return path.subList(0, path.size() - 1);
    }

    Step last() {
      return path.get(path.size() - 1);
    }
  }

  /** A class and its counter. */
  private record Step(String kind, int count) implements Comparable<Step> {
    static Step of(String name) {
      Matcher matcher = COUNTED.matcher(name);
      return matcher.matches()
          ? new Step(matcher.group(1), Integer.parseInt(matcher.group(2)))
          : new Step(name, 0);
    }

    @Override
    public int compareTo(Step other) {
      return Comparator.comparing(Step::kind).thenComparing(Step::count).compare(this, other);
    }

    @Override
    public String toString() {
      return count == 0 ? kind : kind + "_" + count;
    }
  }

  /** Returns whether a file has this layout. */
  static boolean isIn(Group root) {
    return root.getChildren().keySet().stream()
        .map(name -> parts(name).get(0))
        .anyMatch(name -> name.equals(VARS) || isContainer(name));
  }

  private static boolean isContainer(String name) {
    return name.equals(LAYERS) || name.equals(OLD_LAYERS);
  }

  /** Returns the parts of a path that Windows has made one name. */
  private static List<String> parts(String name) {
    List<String> parts = List.of(name.split("\\\\"));
    return parts.isEmpty() ? List.of(name) : parts;
  }

  /**
   * Reads a file.
   *
   * @param config the model's configuration; null where there is none
   * @param text the configuration's text; null where there is none
   */
  static SavedWeights read(
      Group root, Hdf5Reader.ArrayReader reader, String format, KerasConfig config, String text) {
    Keras3Weights weights = new Keras3Weights(reader);
    boolean contained =
        root.getChildren().keySet().stream().anyMatch(name -> isContainer(parts(name).get(0)));
    weights.walk(root, List.of(), contained);
    List<Entry> entries = weights.entries;
    entries.sort(Comparator.comparing(Entry::path, Keras3Weights::compare));
    Map<String, String> names = config == null ? Map.of() : names(entries, config.model());
    List<SavedLayer> layers = new ArrayList<>();
    boolean named = true;
    for (Entry entry : entries) {
      if (!entry.arrays().isEmpty()) {
        String name = names.getOrDefault(entry.label(), entry.given());
        named &= name != null;
        layers.add(layer(entry, name));
      }
    }
    named &= distinct(layers);
    if (!named) {
      layers =
          entries.stream()
              .filter(entry -> !entry.arrays().isEmpty())
              .map(entry -> layer(entry, null))
              .toList();
    }
    boolean ordered = contained && inOneModel(entries);
    if (named && config != null) {
      layers = inOrder(layers, config);
      ordered = true;
    }
    return new SavedWeights(format, layers, named, ordered, text, Map.of());
  }

  private static SavedLayer layer(Entry entry, String name) {
    String known = name == null ? entry.label() : name.replace('/', '.');
    List<SavedArray> arrays = KerasArrays.named(entry.arrays());
    boolean depthwise = entry.last().kind().equals(DEPTHWISE);
    return new SavedLayer(known, depthwise ? DepthwiseKernels.inGroups(arrays) : arrays);
  }

  private static boolean distinct(List<SavedLayer> layers) {
    Set<String> seen = new HashSet<>();
    return layers.stream().allMatch(layer -> seen.add(layer.name()));
  }

  private static int compare(List<Step> a, List<Step> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = a.get(i).compareTo(b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Returns whether no class has layers in more than one model: their order would be unknown. */
  private static boolean inOneModel(List<Entry> entries) {
    Map<String, List<Step>> models = new HashMap<>();
    return entries.stream()
        .filter(entry -> !entry.arrays().isEmpty())
        .allMatch(
            entry ->
                models
                    .computeIfAbsent(entry.last().kind(), kind -> entry.model())
                    .equals(entry.model()));
  }

  /** Sorts layers as the configuration lists them. */
  static List<SavedLayer> inOrder(List<SavedLayer> layers, KerasConfig config) {
    Map<String, Integer> places = new HashMap<>();
    config.layers().forEach(layer -> places.putIfAbsent(layer.name(), places.size()));
    return layers.stream()
        .sorted(Comparator.comparing(layer -> places.getOrDefault(layer.name(), Integer.MAX_VALUE)))
        .toList();
  }

  /** Visits a group; where a file has containers of layers only these count at the root. */
  private void walk(Group group, List<Step> path, boolean contained) {
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      List<String> parts = parts(child.getKey());
      boolean container = isContainer(parts.get(0));
      if (!(child.getValue() instanceof Group inner)
          || NO_LAYERS.contains(parts.get(0))
          || contained && path.isEmpty() && !container) {
        continue;
      }
      if (parts.get(0).equals(VARS)) {
        if (!path.isEmpty()) {
          entries.add(entry(inner, path));
        }
        continue;
      }
      List<Step> below = new ArrayList<>(path);
      parts.stream().filter(part -> !isContainer(part)).map(Step::of).forEach(below::add);
      // The container itself stands at its model's path, and all that it holds counts.
      walk(inner, below, contained && !container);
    }
  }

  private Entry entry(Group vars, List<Step> path) {
    Map<Integer, SavedArray> arrays = new TreeMap<>();
    for (Map.Entry<String, Node> child : vars.getChildren().entrySet()) {
      if (child.getKey().matches("\\d{1,6}")
          && child.getValue() instanceof Dataset dataset
          && !Hdf5Reader.isCounter(dataset)) {
        arrays.put(Integer.valueOf(child.getKey()), reader.read(dataset, child.getKey()));
      }
    }
    String given = Hdf5Reader.optionalText(vars, NAME);
    return new Entry(path, given, new ArrayList<>(arrays.values()));
  }

  /** Returns the configuration's names of entries, by the entries' labels. */
  private static Map<String, String> names(List<Entry> entries, KerasLayer model) {
    Map<String, String> names = new HashMap<>();
    addNames(entries, List.of(), model, names);
    return names;
  }

  private static void addNames(
      List<Entry> entries, List<Step> path, KerasLayer model, Map<String, String> names) {
    Map<String, List<KerasLayer>> kinds = new HashMap<>();
    model
        .layers()
        .forEach(
            l ->
                kinds
                    .computeIfAbsent(KerasLayer.snakeCase(l.type()), k -> new ArrayList<>())
                    .add(l));
    Map<String, List<Step>> steps = new HashMap<>();
    entries.stream()
        .filter(entry -> entry.path().size() > path.size())
        .filter(entry -> entry.path().subList(0, path.size()).equals(path))
        .map(entry -> entry.path().get(path.size()))
        .distinct()
        .sorted()
        .forEach(step -> steps.computeIfAbsent(step.kind(), k -> new ArrayList<>()).add(step));
    steps.forEach(
        (kind, ofKind) -> {
          List<KerasLayer> layers = kinds.getOrDefault(kind, List.of());
          // TF-Keras 2.12 and 2.13 count each layer with weights twice, so that numbers are left
          // out; others leave out layers without weights.
          boolean counted = ofKind.get(ofKind.size() - 1).count() < layers.size();
          if (!counted && ofKind.size() != layers.size()) {
            return;
          }
          for (int i = 0; i < ofKind.size(); i++) {
            KerasLayer layer = layers.get(counted ? ofKind.get(i).count() : i);
            List<Step> below = new ArrayList<>(path);
            below.add(ofKind.get(i));
            names.put(new Entry(below, null, List.of()).label(), layer.name());
            addNames(entries, below, layer, names);
          }
        });
  }
}
