package dev.lanewise.formats.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a {@code model_config} says of a model: its layers, what they are told to do, and how they
 * are connected. It understands the sequential and functional models of Keras 1, 2 and 3, with
 * models nested in them.
 */
public final class KerasConfig {
  private static final List<String> SHAPES =
      List.of("batch_shape", "batch_input_shape", "build_input_shape");

  private final KerasLayer model;
  private final List<KerasLayer> layers;

  private KerasConfig(KerasLayer model) {
    this.model = model;
    this.layers = flat(model.layers());
  }

  /**
   * Reads a configuration.
   *
   * @param json the text of {@code model_config}, or of the {@code config.json} of a Keras archive
   * @param from what it comes from, for messages
   * @throws ModelFileException where it is not one
   */
  public static KerasConfig parse(String json, String from) {
    try {
      return parse(json);
    } catch (FormatException e) {
      throw new ModelFileException("cannot read '" + from + "': " + e.getMessage(), e);
    }
  }

  /** As {@link #parse(String, String)}, within something that names the file. */
  static KerasConfig parse(String json) {
    try {
      JsonElement model = JsonParser.parseString(json);
      if (!model.isJsonObject() || !model.getAsJsonObject().has("class_name")) {
        throw new FormatException("its model_config is not that of a model");
      }
      return new KerasConfig(layer(model.getAsJsonObject(), 0, null));
    } catch (JsonParseException
        | IllegalStateException
        | UnsupportedOperationException
        | ClassCastException
        | NumberFormatException
        | StackOverflowError e) {
      throw new FormatException("its model_config is damaged", e);
    }
  }

  private static KerasLayer layer(JsonObject object, int index, KerasLayer previous) {
    if (!object.has("class_name")) {
      throw new FormatException("its model_config is damaged: a layer has no class");
    }
    String type = object.get("class_name").getAsString();
    JsonElement config = object.get("config");
    JsonObject settings =
        config != null && config.isJsonObject() ? config.getAsJsonObject() : new JsonObject();
    // Keras 1 and 2 below 2.2.3 have a sequential model's layers where its settings belong.
    JsonElement inner = config != null && config.isJsonArray() ? config : settings.get("layers");
    List<KerasLayer> layers = new ArrayList<>();
    if (inner != null && inner.isJsonArray()) {
      boolean chained = type.equals("Sequential");
      for (JsonElement element : inner.getAsJsonArray()) {
        KerasLayer last = chained && !layers.isEmpty() ? layers.get(layers.size() - 1) : null;
        layers.add(layer(element.getAsJsonObject(), layers.size(), last));
      }
    }
    List<String> inputs = new ArrayList<>();
    Boolean training = null;
    if (previous != null) {
      inputs.add(previous.name());
    } else if (object.has("inbound_nodes")) {
      JsonArray nodes = object.getAsJsonArray("inbound_nodes");
      if (!nodes.isEmpty()) {
        addTensors(nodes.get(0), inputs);
        training = training(nodes.get(0));
      }
    }
    List<String> outputs = new ArrayList<>();
    if (settings.has("output_layers")) {
      addTensors(settings.get("output_layers"), outputs);
    } else if (!layers.isEmpty()) {
      outputs.add(layers.get(layers.size() - 1).name());
    }
    return new KerasLayer(
        name(object, settings, type, index), type, settings, inputs, layers, outputs, training);
  }

  private static String name(JsonObject object, JsonObject settings, String type, int index) {
    for (JsonObject place : List.of(object, settings)) {
      JsonElement name = place.get("name");
      if (name != null && name.isJsonPrimitive()) {
        return name.getAsString();
      }
    }
    return type + "_" + index;
  }

  /**
   * Adds the layers of all tensors in a node: Keras 1 and 2 write a tensor as {@code ["conv1", 0,
   * 0]}, Keras 3 as an object with a {@code keras_history}.
   */
  private static void addTensors(JsonElement element, List<String> names) {
    if (element.isJsonArray()) {
      JsonArray array = element.getAsJsonArray();
      if (array.size() >= 3
          && isText(array.get(0))
          && array.get(1).isJsonPrimitive()
          && !isText(array.get(1))) {
        names.add(array.get(0).getAsString());
      } else {
        array.forEach(inner -> addTensors(inner, names));
      }
    } else if (element.isJsonObject()) {
      JsonObject object = element.getAsJsonObject();
      if (object.has("keras_history")) {
        names.add(object.getAsJsonArray("keras_history").get(0).getAsString());
      } else {
        object.asMap().values().forEach(inner -> addTensors(inner, names));
      }
    }
  }

  /**
   * Returns the argument {@code training} of a call; null where it has none. Keras 2 writes the
   * arguments behind the call's first tensor, Keras 3 as {@code kwargs}.
   */
  private static Boolean training(JsonElement node) {
    JsonElement arguments = null;
    if (node.isJsonObject()) {
      arguments = node.getAsJsonObject().get("kwargs");
    } else if (node.isJsonArray() && !node.getAsJsonArray().isEmpty()) {
      JsonElement tensor = node.getAsJsonArray().get(0);
      if (tensor.isJsonArray() && tensor.getAsJsonArray().size() > 3) {
        arguments = tensor.getAsJsonArray().get(3);
      }
    }
    JsonElement training =
        arguments != null && arguments.isJsonObject()
            ? arguments.getAsJsonObject().get("training")
            : null;
    return training instanceof JsonPrimitive primitive && primitive.isBoolean()
        ? (Boolean) primitive.getAsBoolean()
        : null;
  }

  private static boolean isText(JsonElement element) {
    return element instanceof JsonPrimitive && element.getAsJsonPrimitive().isString();
  }

  /**
   * Puts the layers of nested models in the models' places: what they feed to their inputs is what
   * the model reads, and whoever reads the model reads its outputs.
   */
  private static List<KerasLayer> flat(List<KerasLayer> layers) {
    List<KerasLayer> flat = new ArrayList<>();
    Map<String, List<String>> replaced = new HashMap<>();
    for (KerasLayer layer : layers) {
      List<KerasLayer> inner = flat(layer.layers());
      if (inner.isEmpty()) {
        flat.add(layer);
        continue;
      }
      for (KerasLayer innerLayer : inner) {
        if (isInput(innerLayer) && !layer.inputs().isEmpty()) {
          replaced.put(innerLayer.name(), layer.inputs());
        } else if (innerLayer.inputs().isEmpty() && !isInput(innerLayer)) {
          flat.add(innerLayer.reading(layer.inputs()));
        } else {
          flat.add(innerLayer);
        }
      }
      replaced.put(layer.name(), layer.outputs());
    }
    return flat.stream()
        .map(layer -> layer.reading(resolved(layer.inputs(), replaced, 0)))
        .toList();
  }

  private static List<String> resolved(
      List<String> names, Map<String, List<String>> replaced, int depth) {
    List<String> resolved = new ArrayList<>();
    for (String name : names) {
      List<String> others = replaced.get(name);
      if (others == null || depth > replaced.size()) {
        resolved.add(name);
      } else {
        resolved.addAll(resolved(others, replaced, depth + 1));
      }
    }
    return resolved;
  }

  static boolean isInput(KerasLayer layer) {
    return layer.type().equals("InputLayer");
  }

  /** Returns the model's own layers, nested models among them. */
  KerasLayer model() {
    return model;
  }

  /** Returns all layers in the file's order, those of nested models in the models' places. */
  List<KerasLayer> layers() {
    return layers;
  }

  /** Returns the rows of the input images, where the file fixes them. */
  public OptionalInt height() {
    return inputExtent(0);
  }

  /** Returns the columns of the input images, where the file fixes them. */
  public OptionalInt width() {
    return inputExtent(1);
  }

  /** Returns the channels of the input images, where the file fixes them. */
  public OptionalInt channels() {
    return inputExtent(2);
  }

  /** {@return what the model makes of pixels before its first layer proper, in order} */
  public List<PixelLayer> pixelLayers() {
    List<PixelLayer> found = new ArrayList<>();
    Set<String> before = new HashSet<>();
    layers.stream().filter(KerasConfig::isInput).forEach(input -> before.add(input.name()));
    for (KerasLayer layer : layers) {
      if (PixelLayer.is(layer.type()) && before.containsAll(layer.inputs())) {
        found.add(PixelLayer.of(layer));
        before.add(layer.name());
      }
    }
    return found;
  }

  private OptionalInt inputExtent(int axis) {
    List<Integer> shape = inputShape();
    if (shape == null || shape.size() != 4) {
      return OptionalInt.empty();
    }
    Integer extent = shape.get(channelsFirst() ? (axis + 1) % 3 + 1 : axis + 1);
    return extent == null || extent <= 0 ? OptionalInt.empty() : OptionalInt.of(extent);
  }

  private List<Integer> inputShape() {
    List<KerasLayer> places = new ArrayList<>(layers.subList(0, Math.min(1, layers.size())));
    layers.stream()
        .filter(KerasConfig::isInput)
        .findFirst()
        .ifPresent(input -> places.add(0, input));
    places.add(model);
    return places.stream()
        .map(place -> place.integers(SHAPES.toArray(new String[0])))
        .filter(shape -> shape != null)
        .findFirst()
        .orElse(null);
  }

  private boolean channelsFirst() {
    return layers.stream().anyMatch(KerasLayer::channelsFirst);
  }

  /**
   * Compares the model with a network.
   *
   * @param network the network's layers
   * @return what differs, in the network's order; empty where nothing does
   */
  public List<ConfigDifference> differences(List<LayerInfo> network) {
    return ConfigCheck.differences(this, network);
  }
}
