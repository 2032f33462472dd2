package dev.lanewise.formats.safetensors;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.ModelChecksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.formats.torch.DenseRows;
import dev.lanewise.network.LayerInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Models as safetensors: the weights as PyTorch has them and no other tensors, and everything else
 * as texts of the metadata, which are JSON where they hold more than a word. The state of a
 * training has a file of its own.
 */
public final class SafetensorsModels {
  /** Prefix of all tensors that are no weights. */
  public static final String NO_WEIGHTS = "lanewise_";

  /** Version of the texts that this code writes, and the newest it reads. */
  private static final String VERSION = "2";

  /** The version whose files hold the state of the training too. */
  private static final String FIRST_VERSION = "1";

  private static final String ATTRIBUTES = "lanewise_attributes";
  private static final String FLATTENED = "lanewise_flattened";
  private static final String TRAINING = "lanewise_training";

  private SafetensorsModels() {}

  /** Prepares the file of weights alone: what PyTorch's network of the same modules loads. */
  public static SafetensorsWriter weights(List<SavedLayer> layers, List<LayerInfo> graph) {
    SafetensorsWriter writer = new SafetensorsWriter();
    putWeights(writer, layers, flattened(graph), 0);
    return writer;
  }

  /**
   * Prepares the file of a model: the tensors are those of weights alone.
   *
   * @param state the fingerprint of the file that holds the state of its training; null where there
   *     is none
   */
  public static SafetensorsWriter model(SavedModel model, List<LayerInfo> graph, String state) {
    Map<String, List<Integer>> flattened = flattened(graph);
    SavedOptimizer optimizer = model.optimizer();
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.putMetadata(LanewiseNames.FORMAT, VERSION);
    writer.putMetadata(
        LanewiseNames.MODEL_CHECKSUM, Checksum.text(ModelChecksum.ofModel(model, state)));
    if (state != null) {
      writer.putMetadata(LanewiseNames.STATE, state);
    }
    writer.putMetadata(LanewiseNames.NETWORK, model.network());
    writer.putMetadata(
        LanewiseNames.INPUT_SHAPE,
        MetadataJson.array(List.of(model.height(), model.width(), model.channels())));
    writer.putMetadata(LanewiseNames.CLASS_NAMES, MetadataJson.array(model.classNames()));
    writer.putMetadata(
        LanewiseNames.LAYERS,
        MetadataJson.array(model.layers().stream().map(SavedLayer::name).toList()));
    JsonObject maps = new JsonObject();
    flattened.forEach((layer, map) -> maps.add(layer, MetadataJson.elements(map)));
    writer.putMetadata(FLATTENED, maps.toString());
    JsonObject attributes = new JsonObject();
    model.attributes().forEach(attributes::addProperty);
    writer.putMetadata(ATTRIBUTES, attributes.toString());
    if (model.training() != null) {
      writer.putMetadata(TRAINING, text(model.training()));
    }
    putWeights(writer, model.layers(), flattened, optimizer == null ? 0 : optimizer.iterations());
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
    json.add("metrics", MetadataJson.elements(training.metrics()));
    json.addProperty("epochs", training.epochs());
    json.addProperty("batch_size", training.batchSize());
    json.addProperty("seed", training.seed());
    return json.toString();
  }

  /** Returns whether a file says that it is a model of Lanewise. */
  public static boolean isModel(SafetensorsReader reader) {
    return reader.metadata().containsKey(LanewiseNames.FORMAT);
  }

  /** Returns the fingerprint of the file with the state of its training; null where it has none. */
  public static String state(SafetensorsReader reader) {
    return reader.metadata().get(LanewiseNames.STATE);
  }

  /**
   * Reads a model; its arrays are read while the file is open.
   *
   * @param optimizer whether the state of its training is wanted too, where it is in the same file
   * @throws FormatException where it is not a model that Lanewise wrote, or is damaged
   */
  public static SavedModel read(SafetensorsReader reader, boolean optimizer) {
    Map<String, String> metadata = reader.metadata();
    checkFormat(metadata);
    try {
      List<Integer> input =
          MetadataJson.integers(MetadataJson.json(metadata, LanewiseNames.INPUT_SHAPE));
      if (input.size() != 3) {
        throw new FormatException(
            "'" + LanewiseNames.INPUT_SHAPE + "' must hold height, width and channels");
      }
      SavedModel model =
          new SavedModel(
              MetadataJson.needed(metadata, LanewiseNames.NETWORK),
              input.get(0),
              input.get(1),
              input.get(2),
              MetadataJson.texts(MetadataJson.json(metadata, LanewiseNames.CLASS_NAMES)),
              layers(reader),
              metadata.containsKey(TRAINING)
                  ? training(MetadataJson.json(metadata, TRAINING))
                  : null,
              null,
              List.of(),
              attributes(MetadataJson.json(metadata, ATTRIBUTES)));
      ModelChecksum.check(model, state(reader), metadata.get(LanewiseNames.MODEL_CHECKSUM));
      return optimizer && FIRST_VERSION.equals(metadata.get(LanewiseNames.FORMAT))
          ? model.withState(SafetensorsState.read(reader))
          : model;
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
    if (!version.equals(VERSION) && !version.equals(FIRST_VERSION)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "it has format version %s, and this release of Lanewise reads versions %s and %s",
              version,
              FIRST_VERSION,
              VERSION));
    }
  }

  /** Puts the layers in their order, those without arrays among them. */
  private static List<SavedLayer> layers(SafetensorsReader reader) {
    Map<String, SavedLayer> read = new HashMap<>();
    reader.layers(NO_WEIGHTS, false).forEach(layer -> read.put(layer.name(), layer));
    JsonObject maps = MetadataJson.json(reader.metadata(), FLATTENED).getAsJsonObject();
    List<SavedLayer> layers = new ArrayList<>();
    for (String name :
        MetadataJson.texts(MetadataJson.json(reader.metadata(), LanewiseNames.LAYERS))) {
      SavedLayer layer = read.remove(name);
      if (layer == null) {
        layers.add(new SavedLayer(name, List.of()));
      } else {
        List<Integer> map = maps.has(name) ? MetadataJson.integers(maps.get(name)) : List.of();
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
        MetadataJson.needed(json, "loss").getAsString(),
        MetadataJson.texts(MetadataJson.needed(json, "metrics")),
        MetadataJson.needed(json, "epochs").getAsInt(),
        MetadataJson.needed(json, "batch_size").getAsInt(),
        MetadataJson.needed(json, "seed").getAsLong());
  }

  private static Map<String, String> attributes(JsonElement element) {
    Map<String, String> attributes = new LinkedHashMap<>();
    element
        .getAsJsonObject()
        .asMap()
        .forEach((name, value) -> attributes.put(name, value.getAsString()));
    return attributes;
  }
}
