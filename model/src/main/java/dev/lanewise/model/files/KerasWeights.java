package dev.lanewise.model.files;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the layers below a group with Keras's {@code layer_names}: the layout of Keras 1 and 2, and
 * of Keras 3's legacy format.
 *
 * <p>A layer's {@code weight_names} are paths below the layer's group. Their scopes, the parts
 * before the weight's own name, are {@code conv1} or (where TensorFlow made it unique) {@code
 * conv1_1}, with more scopes around it in some versions. A nested model is one layer whose weights
 * have several scopes: those are read as layers of their own. Keras 1 has no scopes but names such
 * as {@code conv1_W}.
 */
final class KerasWeights {
  private static final String THEANO = "theano";

  private KerasWeights() {}

  /** Returns all layers in the file's order, those without arrays too. */
  static List<SavedLayer> read(Group group, Hdf5Reader.ArrayReader arrays) {
    boolean theano = THEANO.equals(Hdf5Reader.optionalText(group, FileFormat.BACKEND_NAME));
    List<SavedLayer> layers = new ArrayList<>();
    for (String name : Hdf5Reader.texts(group, FileFormat.LAYER_NAMES)) {
      for (SavedLayer layer : layers(Hdf5Reader.group(group, name), name, arrays)) {
        KerasArrays.checkOrder(layer.name(), layer.arrays());
        layers.add(
            theano ? new SavedLayer(layer.name(), KerasArrays.turned(layer.arrays())) : layer);
      }
    }
    return layers;
  }

  private static List<SavedLayer> layers(Group group, String layer, Hdf5Reader.ArrayReader reader) {
    Map<String, List<SavedArray>> scopes = new LinkedHashMap<>();
    for (String path : Hdf5Reader.texts(group, FileFormat.WEIGHT_NAMES)) {
      int slash = path.lastIndexOf('/');
      Dataset dataset = Hdf5Reader.dataset(group, path);
      if (!Hdf5Reader.isCounter(dataset)) {
        scopes
            .computeIfAbsent(path.substring(0, Math.max(slash, 0)), key -> new ArrayList<>())
            .add(reader.read(dataset, KerasArrays.name(path.substring(slash + 1))));
      }
    }
    if (scopes.size() <= 1) {
      List<SavedArray> arrays = scopes.values().stream().findAny().orElseGet(ArrayList::new);
      return List.of(new SavedLayer(layer.replace('/', '.'), KerasArrays.named(arrays)));
    }
    return scopes.entrySet().stream()
        .map(
            scope ->
                new SavedLayer(
                    scope.getKey().substring(scope.getKey().lastIndexOf('/') + 1),
                    KerasArrays.named(scope.getValue())))
        .toList();
  }
}
