package dev.lanewise.formats.onnx;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.torch.DenseRows;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the operations of a graph that stand where a network's layers do, by walking both from
 * their outputs to their inputs. Names and orders do not count.
 */
final class GraphMatching {
  private final Operations operations;
  private final NodeLayers nodes;
  private final LayerGraph layers;
  private final Map<String, SavedLayer> found = new LinkedHashMap<>();
  private final Set<String> walked = new HashSet<>();

  private GraphMatching(Operations operations, List<LayerInfo> network) {
    this.operations = operations;
    this.nodes = new NodeLayers(operations);
    this.layers = new LayerGraph(network);
  }

  /**
   * Returns the weights of each layer that has some. Where the graph has none of a batch
   * normalisation, that is part of the convolution in front of it: the layer's does nothing but add
   * the bias.
   *
   * @throws IllegalArgumentException where graph and network differ
   */
  static Map<String, SavedLayer> match(Operations operations, List<LayerInfo> network) {
    GraphMatching matching = new GraphMatching(operations, network);
    LayerInfo last = network.getLast();
    boolean head = last.config() instanceof LayerConfig.Classification;
    String output = operations.output();
    matching.walk(head ? output : matching.belowHead(output), last.name());
    return matching.found;
  }

  private void walk(String value, String name) {
    LayerInfo layer = layer(name);
    if (!walked.add(layer.name())) {
      return;
    }
    Operations.Found operation = operations.from(value);
    switch (layer.config()) {
      case LayerConfig.Input input -> require(operation.isInput(), operation, layer);
      case LayerConfig.Classification dense -> {
        // A file without a head lacks this layer, and may have all others.
        if (isDense(operation)) {
          found.put(layer.name(), dense(operation, layer));
        }
        walk(belowHead(value), layer.inputs().getFirst());
      }
      case LayerConfig.Dense dense -> {
        require(isDense(operation), operation, layer);
        found.put(layer.name(), dense(operation, layer));
        walk(belowHead(value), layer.inputs().getFirst());
      }
      case LayerConfig.Convolution convolution -> {
        require(operation.type().equals("Conv"), operation, layer);
        found.put(layer.name(), nodes.convolution(operation.node()));
        walk(operation.node().getInput(0), layer.inputs().getFirst());
      }
      case LayerConfig.BatchNormalization norm -> normalisation(operation, layer, norm, value);
      case LayerConfig.Addition addition -> {
        require(operation.type().equals("Add"), operation, layer);
        sum(operations.maps(operation.node()), layer.inputs());
      }
      case LayerConfig.Concatenation concatenation -> {
        require(operation.type().equals("Concat"), operation, layer);
        sideBySide(value, layer);
      }
      case LayerConfig.Multiplication multiplication -> {
        require(operation.type().equals("Mul"), operation, layer);
        product(operations.maps(operation.node()), layer.inputs());
      }
      case LayerConfig.Activated a -> throw passed(layer);
      case LayerConfig.Flattening f -> throw passed(layer);
      case LayerConfig.Dropout d -> throw passed(layer);
      case LayerConfig.Pooling p -> throw passed(layer);
      case LayerConfig.ZeroPadding z -> throw passed(layer);
      case LayerConfig.Reshaping r -> throw passed(layer);
    }
  }

  private static IllegalStateException passed(LayerInfo layer) {
    return new IllegalStateException(layer.name() + " counts for nothing");
  }

  /** Returns the layer that counts which a layer's value comes from. */
  private LayerInfo layer(String name) {
    LayerInfo layer = layers.layers().get(name);
    return switch (layer.config()) {
      case LayerConfig.Activated a -> layer(layer.inputs().getFirst());
      case LayerConfig.Flattening f -> layer(layer.inputs().getFirst());
      case LayerConfig.Dropout d -> layer(layer.inputs().getFirst());
      case LayerConfig.Pooling p -> layer(layer.inputs().getFirst());
      case LayerConfig.ZeroPadding z -> layer(layer.inputs().getFirst());
      case LayerConfig.Reshaping r -> layer(layer.inputs().getFirst());
      case LayerConfig.Addition a -> layer;
      case LayerConfig.Concatenation c -> layer;
      case LayerConfig.Multiplication m -> layer;
      case LayerConfig.BatchNormalization n -> layer;
      case LayerConfig.Classification c -> layer;
      case LayerConfig.Dense d -> layer;
      case LayerConfig.Convolution c -> layer;
      case LayerConfig.Input i -> layer;
    };
  }

  /** Returns what a dense layer reads, where a value comes from one; else the value. */
  private String belowHead(String value) {
    Operations.Found operation = operations.from(value);
    return isDense(operation) ? operations.maps(operation.node()).getFirst() : value;
  }

  private static boolean isDense(Operations.Found operation) {
    return operation.type().equals("Gemm") || operation.type().equals("MatMul");
  }

  private static void require(boolean same, Operations.Found operation, LayerInfo layer) {
    if (!same) {
      throw differs(operation, layer);
    }
  }

  private static IllegalArgumentException differs(Operations.Found operation, LayerInfo layer) {
    String node = operation.isInput() ? "" : " ('" + Operations.label(operation.node()) + "')";
    return new IllegalArgumentException(
        "its graph has "
            + operation.type()
            + node
            + " where the network has "
            + layer.type()
            + " '"
            + layer.name()
            + "'");
  }

  private SavedLayer dense(Operations.Found operation, LayerInfo layer) {
    SavedLayer dense = nodes.dense(operation.node());
    String map = operations.maps(operation.node()).getFirst();
    if (operations.from(map).channelsLast()) {
      return dense;
    }
    List<Integer> flattened = DenseRows.flattened(layers.layers(), layer.name());
    return new SavedLayer(
        dense.name(),
        dense.arrays().stream().map(a -> DenseRows.channelsLast(a, flattened)).toList());
  }

  private void normalisation(
      Operations.Found operation,
      LayerInfo layer,
      LayerConfig.BatchNormalization norm,
      String value) {
    if (operation.type().equals("BatchNormalization")) {
      found.put(layer.name(), nodes.norm(operation.node()));
      walk(operation.node().getInput(0), layer.inputs().getFirst());
      return;
    }
    LayerInfo before = layer(layer.inputs().getFirst());
    boolean folded =
        operation.type().equals("Conv")
            && before.config() instanceof LayerConfig.Convolution
            && walked.add(before.name());
    require(folded, operation, layer);
    SavedLayer both = nodes.convolution(operation.node());
    SavedArray kernel = both.arrays().getFirst();
    int channels = kernel.shape()[3];
    SavedArray bias = both.arrays().size() > 1 ? both.arrays().get(1) : filled("bias", channels, 0);
    List<SavedArray> convolution = new ArrayList<>(List.of(kernel));
    if (((LayerConfig.Convolution) before.config()).bias()) {
      convolution.add(filled("bias", channels, 0));
    }
    found.put(before.name(), new SavedLayer(both.name(), convolution));
    found.put(
        layer.name(),
        new SavedLayer(
            both.name(),
            List.of(
                // So that the variance of one and epsilon leave everything as it is.
                filled("gamma", channels, (float) Math.sqrt(1 + norm.epsilon())),
                bias.renamed("beta"),
                filled("moving_mean", channels, 0),
                filled("moving_variance", channels, 1))));
    walk(operation.node().getInput(0), before.inputs().getFirst());
  }

  private static SavedArray filled(String name, int size, float value) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return new SavedArray(name, new int[] {size}, values);
  }

  /** Pairs the two sides of a sum by how many convolutions each has on its way to the next one. */
  private void sum(List<String> values, List<String> names) {
    int first = length(values.get(0));
    int second = length(values.get(1));
    int wantedFirst = length(layer(names.get(0)));
    int wantedSecond = length(layer(names.get(1)));
    if (first == wantedFirst && second == wantedSecond) {
      walk(values.get(0), names.get(0));
      walk(values.get(1), names.get(1));
    } else if (first == wantedSecond && second == wantedFirst) {
      walk(values.get(0), names.get(1));
      walk(values.get(1), names.get(0));
    } else {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its graph adds branches of %d and %d convolutions, and the network of %d and %d, in"
                  + " front of '%s'",
              first,
              second,
              wantedFirst,
              wantedSecond,
              names.get(0)));
    }
  }

  /** Pairs what concatenations put side by side, however many of them stand behind each other. */
  private void sideBySide(String value, LayerInfo layer) {
    List<String> values = new ArrayList<>();
    parts(value, values);
    List<String> names = new ArrayList<>();
    parts(layer, names);
    if (values.size() != names.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "its graph puts %d maps side by side where the network has %d in '%s'",
              values.size(),
              names.size(),
              layer.name()));
    }
    for (int i = 0; i < values.size(); i++) {
      walk(values.get(i), names.get(i));
    }
  }

  private void parts(String value, List<String> parts) {
    Operations.Found operation = operations.from(value);
    if (operation.type().equals("Concat")) {
      operation.node().getInputList().forEach(part -> parts(part, parts));
    } else {
      parts.add(value);
    }
  }

  private void parts(LayerInfo layer, List<String> parts) {
    for (String name : layer.inputs()) {
      LayerInfo part = layer(name);
      if (part.config() instanceof LayerConfig.Concatenation) {
        parts(part, parts);
      } else {
        parts.add(name);
      }
    }
  }

  /** Goes on with a gate: of the two values that are multiplied, one is made of the other. */
  private void product(List<String> values, List<String> names) {
    boolean mapFirst = isMadeOf(values.get(1), values.get(0));
    walk(values.get(mapFirst ? 0 : 1), names.get(0));
    walk(values.get(mapFirst ? 1 : 0), names.get(1));
  }

  private boolean isMadeOf(String value, String map) {
    Operations.Found wanted = operations.from(map);
    Operations.Found operation = operations.from(value);
    while (!operation.isInput()) {
      operation = operations.from(operations.maps(operation.node()).getFirst());
      if (operation.equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  private int length(String value) {
    int convolutions = 0;
    Operations.Found operation = operations.from(value);
    while (!operation.isInput() && !operation.type().equals("Add")) {
      convolutions += operation.type().equals("Conv") ? 1 : 0;
      operation = operations.from(operations.maps(operation.node()).getFirst());
    }
    return convolutions;
  }

  private int length(LayerInfo from) {
    int convolutions = 0;
    LayerInfo layer = from;
    while (!(layer.config() instanceof LayerConfig.Input)
        && !(layer.config() instanceof LayerConfig.Addition)) {
      convolutions += layer.config() instanceof LayerConfig.Convolution ? 1 : 0;
      layer = layer(layer.inputs().getFirst());
    }
    return convolutions;
  }
}
