package dev.lanewise.formats.safetensors;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.ModelChecksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The state of a training as safetensors: the optimiser's arrays and further sets of parameters, as
 * tensors of the weights' names behind a prefix.
 */
public final class SafetensorsState {
  /** Prefix of the optimiser's tensors; the slot's name and a dot follow. */
  private static final String OPTIMIZER = "lanewise_optimizer.";

  /** Prefix of further sets of parameters; the set's name and a dot follow. */
  private static final String COPY = "lanewise_copy.";

  /** Version of a file of a state alone that this code writes, and the only one that it reads. */
  private static final String VERSION = "1";

  private SafetensorsState() {}

  /** Prepares the file of a state alone. */
  public static SafetensorsWriter file(SavedState state) {
    SafetensorsWriter writer = new SafetensorsWriter();
    writer.putMetadata(LanewiseNames.STATE_FORMAT, VERSION);
    writer.putMetadata(
        LanewiseNames.OPTIMIZER_CHECKSUM, Checksum.text(ModelChecksum.ofState(state)));
    SavedOptimizer optimizer = state.optimizer();
    if (optimizer != null) {
      writer.putMetadata(LanewiseNames.OPTIMIZER, text(optimizer));
      for (SavedSlot slot : optimizer.slots()) {
        writer.putLayers(OPTIMIZER + slot.name() + ".", slot.layers());
      }
    }
    writer.putMetadata(
        LanewiseNames.COPIES,
        MetadataJson.array(state.copies().stream().map(SavedSlot::name).toList()));
    for (SavedSlot copy : state.copies()) {
      writer.putLayers(COPY + copy.name() + ".", copy.layers());
    }
    return writer;
  }

  private static String text(SavedOptimizer optimizer) {
    JsonObject config = new JsonObject();
    optimizer.config().forEach(config::addProperty);
    JsonObject json = new JsonObject();
    json.addProperty("name", optimizer.name());
    json.add("config", config);
    json.addProperty("iterations", optimizer.iterations());
    json.add(
        "slots", MetadataJson.elements(optimizer.slots().stream().map(SavedSlot::name).toList()));
    return json.toString();
  }

  /** Returns whether a file says that it holds the state of a training alone. */
  public static boolean isState(SafetensorsReader reader) {
    return reader.metadata().containsKey(LanewiseNames.STATE_FORMAT);
  }

  /**
   * Reads a file of a state alone; its arrays are read while the file is open.
   *
   * @throws FormatException where it is none, or is damaged
   */
  public static SavedState readFile(SafetensorsReader reader) {
    String version = reader.metadata().get(LanewiseNames.STATE_FORMAT);
    if (!VERSION.equals(version)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "as the state of a training it has format version %s, and this release of Lanewise"
                  + " reads version %s",
              version,
              VERSION));
    }
    return read(reader);
  }

  /** Reads the state that a file holds; its arrays are read while the file is open. */
  static SavedState read(SafetensorsReader reader) {
    Map<String, String> metadata = reader.metadata();
    try {
      SavedState state =
          new SavedState(
              metadata.containsKey(LanewiseNames.OPTIMIZER)
                  ? optimizer(reader, MetadataJson.json(metadata, LanewiseNames.OPTIMIZER))
                  : null,
              metadata.containsKey(LanewiseNames.COPIES)
                  ? slots(reader, COPY, MetadataJson.json(metadata, LanewiseNames.COPIES))
                  : List.of());
      ModelChecksum.check(state, metadata.get(LanewiseNames.OPTIMIZER_CHECKSUM));
      return state;
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      // Gson tells of values of other types by these.
      throw new FormatException("the file is damaged: " + e.getMessage(), e);
    }
  }

  private static SavedOptimizer optimizer(SafetensorsReader reader, JsonElement element) {
    JsonObject json = element.getAsJsonObject();
    Map<String, Double> config = new LinkedHashMap<>();
    MetadataJson.needed(json, "config")
        .getAsJsonObject()
        .asMap()
        .forEach((name, value) -> config.put(name, value.getAsDouble()));
    return new SavedOptimizer(
        MetadataJson.needed(json, "name").getAsString(),
        config,
        MetadataJson.needed(json, "iterations").getAsLong(),
        slots(reader, OPTIMIZER, MetadataJson.needed(json, "slots")));
  }

  private static List<SavedSlot> slots(SafetensorsReader reader, String prefix, JsonElement names) {
    List<SavedSlot> slots = new ArrayList<>();
    for (String name : MetadataJson.texts(names)) {
      slots.add(new SavedSlot(name, reader.layers(prefix + name + ".", true)));
    }
    return slots;
  }
}
