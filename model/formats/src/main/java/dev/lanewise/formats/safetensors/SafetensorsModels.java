package dev.lanewise.formats.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.ModelChecksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.formats.torch.DenseRows;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whole models as safetensors: the weights as PyTorch has them, the optimiser's state as tensors of
 * the same names behind a prefix, and everything else as texts of the metadata, which are JSON
 * where they hold more than a word.
 */
public final class SafetensorsModels {
  /** Prefix of the optimiser's tensors; the slot's name and a dot follow. */
  private static final String OPTIMIZER = "lanewise_optimizer.";

  /** Prefix of all tensors that are no weights. */
  public static final String STATE = "lanewise_";

  /** Prefix of further sets of parameters; the set's name and a dot follow. */
  private static final String COPY = "lanewise_copy.";

  /** Version of the texts that this code writes, and the newest it reads. */
  private static final String VERSION = "1";

  private static final String ATTRIBUTES = "lanewise_attributes";
  private static final String LAYERS = "lanewise_layers";
  private static final String FLATTENED = "lanewise_flattened";
  private static final String TRAINING = "lanewise_training";

  private SafetensorsModels() {}

  /** Prepares the file of weights alone: what PyTorch's network of the same modules loads. */
  public static SafetensorsWriter weights(List<SavedLayer> layers, List<LayerInfo> graph) {
    SafetensorsWriter writer = new SafetensorsWriter();
    putWeights(writer, layers, flattened(graph), 0);
    return writer;
  }

  /** Prepares the file of a whole model. */
  public static SafetensorsWriter model(SavedModel model, List<LayerInfo> graph) {
    Map<String, List<Integer>> flattened = flattened(graph);
    SavedOptimizer optimizer = model.optimizer();
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.putMetadata(LanewiseNames.FORMAT, VERSION);
    writer.putMetadata(LanewiseNames.MODEL_CHECKSUM, Checksum.text(ModelChecksum.ofModel(model)));
    writer.putMetadata(
        LanewiseNames.OPTIMIZER_CHECKSUM, Checksum.text(ModelChecksum.ofOptimizer(model)));
    writer.putMetadata(LanewiseNames.NETWORK, model.network());
    writer.putMetadata(
        LanewiseNames.INPUT_SHAPE, array(List.of(model.height(), model.width(), model.channels())));
    writer.putMetadata(LanewiseNames.CLASS_NAMES, array(model.classNames()));
    writer.putMetadata(LAYERS, array(model.layers().stream().map(SavedLayer::name).toList()));
    JsonObject maps = new JsonObject();
    flattened.forEach((layer, map) -> maps.add(layer, elements(map)));
    writer.putMetadata(FLATTENED, maps.toString());
    JsonObject attributes = new JsonObject();
    model.attributes().forEach(attributes::addProperty);
    writer.putMetadata(ATTRIBUTES, attributes.toString());
    if (model.training() != null) {
      writer.putMetadata(TRAINING, text(model.training()));
    }
    putWeights(writer, model.layers(), flattened, optimizer == null ? 0 : optimizer.iterations());
    if (optimizer != null) {
      writer.putMetadata(LanewiseNames.OPTIMIZER, text(optimizer));
      for (SavedSlot slot : optimizer.slots()) {
        writer.putLayers(OPTIMIZER + slot.name() + ".", slot.layers());
      }
    }
    if (!model.copies().isEmpty()) {
      writer.putMetadata(
          LanewiseNames.COPIES, array(model.copies().stream().map(SavedSlot::name).toList()));
      for (SavedSlot copy : model.copies()) {
        writer.putLayers(COPY + copy.name() + ".", copy.layers());
      }
    }
    return writer;
  }

  private static void putWeights(
      SafetensorsWriter writer,
      List<SavedLayer> layers,
      Map<String, List<Integer>> flattened,
      long batches) {
    List<SavedLayer> torch = new ArrayList<>();
    for (SavedLayer layer : layers) {
      List<Integer> map = flattened.getOrDefault(layer.name(), List.of());
      torch.add(
          new SavedLayer(
              layer.name(),
              layer.arrays().stream().map(array -> DenseRows.channelsFirst(array, map)).toList()));
    }
    writer.putCounters(torch, batches);
    writer.putLayers("", torch);
  }

  /** Returns the maps that are flattened in front of dense layers, by the dense layer's name. */
  private static Map<String, List<Integer>> flattened(List<LayerInfo> graph) {
    Map<String, LayerInfo> layers = new LinkedHashMap<>();
    graph.forEach(layer -> layers.put(layer.name(), layer));
    Map<String, List<Integer>> flattened = new LinkedHashMap<>();
    for (String layer : layers.keySet()) {
      List<Integer> map = DenseRows.flattened(layers, layer);
      if (!map.isEmpty()) {
        flattened.put(layer, map);
      }
    }
    return flattened;
  }

  private static String text(SavedTraining training) {
    JsonObject json = new JsonObject();
    json.addProperty("loss", training.loss());
    json.add("metrics", elements(training.metrics()));
    json.addProperty("epochs", training.epochs());
    json.addProperty("batch_size", training.batchSize());
    json.addProperty("seed", training.seed());
    return json.toString();
  }

  private static String text(SavedOptimizer optimizer) {
    JsonObject config = new JsonObject();
    optimizer.config().forEach(config::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("name", optimizer.name());
    json.add("config", config);
    json.addProperty("iterations", optimizer.iterations());
    json.add("slots", elements(optimizer.slots().stream().map(SavedSlot::name).toList()));
    return json.toString();
  }

  private static String array(Collection<?> values) {
    return elements(values).toString();
  }

  private static JsonArray elements(Collection<?> values) {
    JsonArray array = new JsonArray();
    for (Object value : values) {
      if (value instanceof Number) {
        array.add((Number) value);
      } else {
        array.add((String) value);
      }
    }
    return array;
  }

  /** Returns whether a file says that it is a model of Lanewise. */
  public static boolean isModel(SafetensorsReader reader) {
    return reader.metadata().containsKey(LanewiseNames.FORMAT);
  }

  /**
   * Reads a whole model; its arrays are read while the file is open.
   *
   * @param optimizer whether the optimiser is wanted too, where there is one
   * @throws FormatException where it is not a model that Lanewise wrote, or is damaged
   */
  public static SavedModel read(SafetensorsReader reader, boolean optimizer) {
    Map<String, String> metadata = reader.metadata();
    checkFormat(metadata);
    try {
      List<Integer> input = integers(json(metadata, LanewiseNames.INPUT_SHAPE));
      if (input.size() != 3) {
        throw new FormatException(
            "'" + LanewiseNames.INPUT_SHAPE + "' must hold height, width and channels");
      }
      SavedModel model =
          new SavedModel(
              needed(metadata, LanewiseNames.NETWORK),
              input.get(0),
              input.get(1),
              input.get(2),
              texts(json(metadata, LanewiseNames.CLASS_NAMES)),
              layers(reader),
              metadata.containsKey(TRAINING) ? training(json(metadata, TRAINING)) : null,
              optimizer && metadata.containsKey(LanewiseNames.OPTIMIZER)
                  ? optimizer(reader, json(metadata, LanewiseNames.OPTIMIZER))
                  : null,
              optimizer && metadata.containsKey(LanewiseNames.COPIES)
                  ? slots(reader, COPY, json(metadata, LanewiseNames.COPIES))
                  : List.of(),
              attributes(json(metadata, ATTRIBUTES)));
      ModelChecksum.check(
          model,
          metadata.get(LanewiseNames.MODEL_CHECKSUM),
          optimizer ? metadata.get(LanewiseNames.OPTIMIZER_CHECKSUM) : null);
      return model;
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      // Gson tells of values of other types by these.
      throw new FormatException("the file is damaged: " + e.getMessage(), e);
    }
  }

  private static void checkFormat(Map<String, String> metadata) {
    String version = metadata.get(LanewiseNames.FORMAT);
    if (version == null) {
      throw new FormatException(
          "it is a safetensors file, but not a Lanewise model: its metadata lack '"
              + LanewiseNames.FORMAT
              + "'");
    }
    if (!version.equals(VERSION)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "it has format version %s, and this release of Lanewise reads version %s",
              version,
              VERSION));
    }
  }

  /** Puts the layers in their order, those without arrays among them. */
  private static List<SavedLayer> layers(SafetensorsReader reader) {
    Map<String, SavedLayer> read = new HashMap<>();
    reader.layers(STATE, false).forEach(layer -> read.put(layer.name(), layer));
    JsonObject maps = json(reader.metadata(), FLATTENED).getAsJsonObject();
    List<SavedLayer> layers = new ArrayList<>();
    for (String name : texts(json(reader.metadata(), LAYERS))) {
      SavedLayer layer = read.remove(name);
      if (layer == null) {
        layers.add(new SavedLayer(name, List.of()));
      } else {
        List<Integer> map = maps.has(name) ? integers(maps.get(name)) : List.of();
        layers.add(
            new SavedLayer(
                name,
                layer.arrays().stream().map(array -> DenseRows.channelsLast(array, map)).toList()));
      }
    }
    layers.addAll(read.values());
    return layers;
  }

  private static SavedTraining training(JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    return new SavedTraining(
        needed(json, "loss").getAsString(),
        texts(needed(json, "metrics")),
        needed(json, "epochs").getAsInt(),
        needed(json, "batch_size").getAsInt(),
        needed(json, "seed").getAsLong());
  }

  private static SavedOptimizer optimizer(SafetensorsReader reader, JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    Map<String, Double> config = new LinkedHashMap<>();
    needed(json, "config")
        .getAsJsonObject()
        .asMap()
        .forEach((name, value) -> config.put(name, value.getAsDouble()));
    return new SavedOptimizer(
        needed(json, "name").getAsString(),
        config,
        needed(json, "iterations").getAsLong(),
        slots(reader, OPTIMIZER, needed(json, "slots")));
  }

  private static List<SavedSlot> slots(SafetensorsReader reader, String prefix, JsonElement names) {
    List<SavedSlot> slots = new ArrayList<>();
    for (String name : texts(names)) {
      slots.add(new SavedSlot(name, reader.layers(prefix + name + ".", true)));
    }
    return slots;
  }

  private static Map<String, String> attributes(JsonElement element) {
    Map<String, String> attributes = new LinkedHashMap<>();
    element
        .getAsJsonObject()
        .asMap()
        .forEach((name, value) -> attributes.put(name, value.getAsString()));
    return attributes;
  }

  private static String needed(Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw new FormatException("'" + key + "' is missing in its metadata");
    }
    return text;
  }

  private static JsonElement needed(JsonObject json, String key) {
    JsonElement element = json.get(key);
    if (element == null) {
      throw new FormatException("'" + key + "' is missing in its metadata");
    }
    return element;
  }

  private static JsonElement json(Map<String, String> metadata, String key) {
    String text = needed(metadata, key);
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      // Gson's own words are for programmers.
      throw new FormatException("the file is damaged: '" + key + "' is not JSON", e);
    }
  }

  private static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  private static List<Integer> integers(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsInt).toList();
  }
}
