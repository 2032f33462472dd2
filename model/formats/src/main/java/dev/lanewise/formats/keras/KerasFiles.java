package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the weights of files that Keras wrote: whole models and weights alone in HDF5 as Keras 1
 * and 2 write it and Keras 3's legacy format ({@code .h5}), Keras 3's {@code .weights.h5}, and
 * {@code .keras} archives. What a file is, its content tells; names of files do not matter.
 */
public final class KerasFiles {
  private KerasFiles() {}

  /**
   * Reads all weights of a file. Floats of 16 and 64 bits become floats of 32.
   *
   * @return the layers that have arrays; those of a nested model stand in its place, with the names
   *     that their weights have in the file
   * @throws ModelFileException where the file cannot be read, is damaged or is of another kind
   */
  public static SavedWeights read(Path path) {
    return use(path, Hdf5Reader::array, Function.identity());
  }

  /**
   * Opens a file, uses its weights and closes it. The arrays are read one by one when their values
   * are asked for, which must be before the user returns.
   *
   * @param user its result is returned, and what it throws is passed on
   * @throws ModelFileException as {@link #read}
   */
  public static <T> T use(Path path, Function<SavedWeights, T> user) {
    return use(path, Hdf5Reader::lazyArray, user);
  }

  private static <T> T use(
      Path path, Hdf5Reader.ArrayReader arrays, Function<SavedWeights, T> user) {
    return InputFile.read(
        path,
        file ->
            KerasArchive.isIn(file)
                ? KerasArchive.use(path, arrays, user)
                : Hdf5Reader.read(file, root -> weights(root, arrays), user));
  }

  private static SavedWeights weights(Group root, Hdf5Reader.ArrayReader arrays) {
    try {
      if (Hdf5Reader.hasTexts(root, KerasNames.LAYER_NAMES)) {
        return legacy(root, root, arrays);
      }
      if (root.getChild(KerasNames.MODEL_WEIGHTS) != null) {
        return legacy(root, Hdf5Reader.group(root, KerasNames.MODEL_WEIGHTS), arrays);
      }
      if (Keras3Weights.isIn(root)) {
        return Keras3Weights.read(root, arrays, "Keras weights.h5", null, null);
      }
    } catch (IllegalArgumentException e) {
      throw new FormatException(e.getMessage(), e);
    }
    throw new FormatException(
        "it is not a Keras file: neither attribute 'layer_names' nor group 'model_weights' nor"
            + " 'layers' is there");
  }

  private static SavedWeights legacy(Group root, Group group, Hdf5Reader.ArrayReader arrays) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : List.of(KerasNames.KERAS_VERSION, KerasNames.BACKEND)) {
      String text = Hdf5Reader.optionalText(group, name);
      if (text != null) {
        attributes.put(name, text);
      }
    }
    // Keras, too, takes files that do not tell their version for those of version 1.
    String version = attributes.getOrDefault(KerasNames.KERAS_VERSION, "1");
    String config = Hdf5Reader.optionalText(root, KerasNames.MODEL_CONFIG);
    KerasWeights weights = KerasWeights.read(group, arrays);
    List<SavedLayer> layers =
        weights.layers().stream().filter(layer -> !layer.arrays().isEmpty()).toList();
    boolean ordered = weights.ordered();
    if (!ordered && config != null) {
      KerasConfig known = KerasConfig.parse(config);
      Set<String> names = known.layers().stream().map(KerasLayer::name).collect(Collectors.toSet());
      if (layers.stream().allMatch(layer -> names.contains(layer.name()))) {
        layers = Keras3Weights.inOrder(layers, known);
        ordered = true;
      }
    }
    return new SavedWeights(
        "Keras HDF5, version " + version, layers, true, ordered, config, attributes);
  }
}
