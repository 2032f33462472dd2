package dev.lanewise.model.files;

import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the layers below a group with Keras's {@code layer_names}.
 *
 * <p>A layer's {@code weight_names} are paths below the layer's group. Their scopes, the parts
 * before the weight's own name, are {@code conv1} or (where TensorFlow made it unique) {@code
 * conv1_1}, with more scopes around it in some versions. A nested model is one layer whose weights
 * have several scopes: those are read as layers of their own. Keras 1 has no scopes but names such
 * as {@code conv1_W}.
 */
final class KerasWeights {
  /** Keras 1's running_std holds the variance too. */
  private static final Map<String, String> KERAS_1_NAMES =
      Map.of(
          "W", "kernel",
          "b", "bias",
          "gamma", "gamma",
          "beta", "beta",
          "running_mean", "moving_mean",
          "running_std", "moving_variance");

  private static final Pattern KERAS_1_NAME =
      Pattern.compile(".*?_(W|b|gamma|beta|running_mean|running_std)(_\\d+)?");

  private KerasWeights() {}

  /** Returns all layers in the file's order. */
  static List<SavedLayer> read(Group group, Hdf5Reader.ArrayReader arrays) {
    List<SavedLayer> layers = new ArrayList<>();
    for (String name : Hdf5Reader.texts(group, FileFormat.LAYER_NAMES)) {
      addLayers(Hdf5Reader.group(group, name), name, arrays, layers);
    }
    return layers;
  }

  private static void addLayers(
      Group group, String layer, Hdf5Reader.ArrayReader reader, List<SavedLayer> layers) {
    Map<String, List<SavedArray>> scopes = new LinkedHashMap<>();
    for (String path : Hdf5Reader.texts(group, FileFormat.WEIGHT_NAMES)) {
      int slash = path.lastIndexOf('/');
      String scope = path.substring(0, Math.max(slash, 0));
      String name = withoutOutput(path.substring(slash + 1));
      scopes
          .computeIfAbsent(scope, key -> new ArrayList<>())
          .add(reader.read(Hdf5Reader.dataset(group, path), slash < 0 ? keras1Name(name) : name));
    }
    if (scopes.size() <= 1) {
      layers.add(
          new SavedLayer(layer, scopes.values().stream().findAny().orElseGet(ArrayList::new)));
    } else {
      scopes.forEach(
          (scope, arrays) ->
              layers.add(new SavedLayer(scope.substring(scope.lastIndexOf('/') + 1), arrays)));
    }
  }

  /** Takes the number of TensorFlow's output from a variable's name: {@code kernel:0}. */
  static String withoutOutput(String variable) {
    return variable.endsWith(":0") ? variable.substring(0, variable.length() - 2) : variable;
  }

  private static String keras1Name(String name) {
    Matcher matcher = KERAS_1_NAME.matcher(name);
    return matcher.matches() ? KERAS_1_NAMES.get(matcher.group(1)) : name;
  }
}
