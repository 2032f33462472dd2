package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.ModelChecksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedTraining;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the layouts that {@link ModelWriter} makes. */
public final class ModelReader {
  private ModelReader() {}

  /**
   * Reads a file.
   *
   * @param arrays reads arrays
   * @param optimizer whether the optimiser is wanted too, where it is in the same file
   */
  public static SavedModel read(Group root, Hdf5Reader.ArrayReader arrays, boolean optimizer) {
    checkFormat(root);
    Object input = Hdf5Reader.data(root, LanewiseNames.INPUT_SHAPE);
    if (!(input instanceof long[]) || ((long[]) input).length != 3) {
      throw new FormatException(
          "attribute '" + LanewiseNames.INPUT_SHAPE + "' must hold height, width and channels");
    }
    long[] shape = (long[]) input;
    try {
      SavedModel model =
          new SavedModel(
              Hdf5Reader.text(root, LanewiseNames.NETWORK),
              Math.toIntExact(shape[0]),
              Math.toIntExact(shape[1]),
              Math.toIntExact(shape[2]),
              Hdf5Reader.texts(root, LanewiseNames.CLASS_NAMES),
              layers(root, arrays),
              root.getAttribute(LanewiseNames.LOSS) == null ? null : readTraining(root),
              !optimizer || root.getAttribute(LanewiseNames.OPTIMIZER) == null
                  ? null
                  : readOptimizer(root, arrays),
              optimizer ? readCopies(root, arrays) : List.of(),
              suffixes(root, LanewiseNames.ATTRIBUTE).entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          Map.Entry::getKey,
                          entry -> Hdf5Reader.text(root, entry.getValue()),
                          (a, b) -> a,
                          LinkedHashMap::new)));
      ModelChecksum.check(
          model, state(root), Hdf5Reader.optionalText(root, LanewiseNames.MODEL_CHECKSUM));
      if (optimizer) {
        ModelChecksum.check(
            model.state(), Hdf5Reader.optionalText(root, LanewiseNames.OPTIMIZER_CHECKSUM));
      }
      return model;
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new FormatException("the file is damaged: " + e.getMessage());
    }
  }

  /** Returns the fingerprint of the file with the state of its training; null where it has none. */
  public static String state(Group root) {
    return Hdf5Reader.optionalText(root, LanewiseNames.STATE);
  }

  /** Returns the layers of either layout, in the network's order. */
  private static List<SavedLayer> layers(Group root, Hdf5Reader.ArrayReader arrays) {
    if (!Keras3Weights.isIn(root)) {
      return KerasWeights.read(Hdf5Reader.group(root, KerasNames.MODEL_WEIGHTS), arrays).layers();
    }
    Map<String, SavedLayer> read = new HashMap<>();
    Keras3Weights.read(root, arrays, "", null, null)
        .layers()
        .forEach(layer -> read.put(layer.name(), layer));
    return Hdf5Reader.texts(root, LanewiseNames.LAYERS).stream()
        .map(name -> read.getOrDefault(name, new SavedLayer(name, List.of())))
        .toList();
  }

  private static void checkFormat(Group root) {
    if (root.getAttribute(LanewiseNames.FORMAT) == null) {
      boolean keras =
          Hdf5Reader.hasTexts(root, KerasNames.LAYER_NAMES)
              || root.getChild(KerasNames.MODEL_WEIGHTS) != null;
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "it is %s, but not a Lanewise model: attribute '%s' is missing",
              keras ? "a Keras file" : "an HDF5 file",
              LanewiseNames.FORMAT));
    }
    long version = Hdf5Reader.integer(root, LanewiseNames.FORMAT);
    if (version < 1 || version > LanewiseNames.HDF5_VERSION) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "it has format version %d, and this release of Lanewise reads versions 1 to %d",
              version,
              LanewiseNames.HDF5_VERSION));
    }
  }

  private static SavedTraining readTraining(Group root) {
    return new SavedTraining(
        Hdf5Reader.text(root, LanewiseNames.LOSS),
        Hdf5Reader.texts(root, LanewiseNames.METRICS),
        Hdf5Reader.smallInteger(root, LanewiseNames.EPOCHS),
        Hdf5Reader.smallInteger(root, LanewiseNames.BATCH_SIZE),
        Hdf5Reader.integer(root, LanewiseNames.SEED));
  }

  private static SavedOptimizer readOptimizer(Group root, Hdf5Reader.ArrayReader arrays) {
    String name = Hdf5Reader.text(root, LanewiseNames.OPTIMIZER);
    Map<String, Double> config = new LinkedHashMap<>();
    suffixes(root, LanewiseNames.OPTIMIZER_CONFIG)
        .forEach(
            (key, attribute) -> {
              Object data = Hdf5Reader.data(root, attribute);
              if (!(data instanceof Double)) {
                throw new FormatException("attribute '" + attribute + "' must be a number");
              }
              config.put(key, (Double) data);
            });
    Group group = Hdf5Reader.group(root, KerasNames.OPTIMIZER_WEIGHTS);
    List<String> paths = Hdf5Reader.texts(group, KerasNames.WEIGHT_NAMES);
    if (paths.isEmpty()) {
      throw new FormatException("the optimiser's number of steps is missing");
    }
    long iterations = readIterations(Hdf5Reader.dataset(group, paths.get(0)));
    // Files of format version 1 have no learning rate behind the number of steps.
    List<String> states =
        paths.subList(1, paths.size()).stream()
            .filter(path -> !path.equals(learningRate(name)))
            .toList();
    List<SavedSlot> slots = readSlots(group, states, arrays);
    return new SavedOptimizer(name, config, iterations, slots);
  }

  private static List<SavedSlot> readCopies(Group root, Hdf5Reader.ArrayReader arrays) {
    if (root.getChild(LanewiseNames.COPIES) == null) {
      return List.of();
    }
    Group copies = Hdf5Reader.group(root, LanewiseNames.COPIES);
    List<SavedSlot> slots = new ArrayList<>();
    for (String name : copies.getChildren().keySet()) {
      slots.add(
          new SavedSlot(name, KerasWeights.read(Hdf5Reader.group(copies, name), arrays).layers()));
    }
    return slots;
  }

  private static String learningRate(String optimizer) {
    return KerasNames.optimizerScope(optimizer)
        + "/"
        + KerasNames.variable(KerasNames.LEARNING_RATE);
  }

  private static long readIterations(Dataset dataset) {
    Object data = dataset.getData();
    if (!(data instanceof Long)) {
      throw new FormatException("'" + dataset.getPath() + "' must be an integer of 64 bits");
    }
    return (Long) data;
  }

  /** Reads {@code <scope>/<layer>/<weight>/<slot>:0}, grouped by slot, then by layer. */
  private static List<SavedSlot> readSlots(
      Group group, List<String> paths, Hdf5Reader.ArrayReader reader) {
    Map<String, Map<String, List<SavedArray>>> slots = new LinkedHashMap<>();
    for (String path : paths) {
      String[] parts = path.split("/");
      if (parts.length != 4) {
        throw new FormatException("'" + path + "' must be made of scope, layer, weight and slot");
      }
      slots
          .computeIfAbsent(KerasArrays.withoutOutput(parts[3]), key -> new LinkedHashMap<>())
          .computeIfAbsent(parts[1], key -> new ArrayList<>())
          .add(DepthwiseKernels.inGroups(reader.read(Hdf5Reader.dataset(group, path), parts[2])));
    }
    return slots.entrySet().stream()
        .map(slot -> new SavedSlot(slot.getKey(), layers(slot.getValue())))
        .collect(Collectors.toList());
  }

  private static List<SavedLayer> layers(Map<String, List<SavedArray>> arrays) {
    return arrays.entrySet().stream()
        .map(layer -> new SavedLayer(layer.getKey(), layer.getValue()))
        .collect(Collectors.toList());
  }

  /** Returns the attributes that begin with a prefix: the rest of the name, and the whole. */
  private static Map<String, String> suffixes(Group root, String prefix) {
    Map<String, String> suffixes = new TreeMap<>();
    for (String attribute : root.getAttributes().keySet()) {
      if (attribute.startsWith(prefix)) {
        suffixes.put(attribute.substring(prefix.length()), attribute);
      }
    }
    return suffixes;
  }
}
