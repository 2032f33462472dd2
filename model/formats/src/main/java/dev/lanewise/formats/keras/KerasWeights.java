package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5Reader;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the layers below a group with Keras's {@code layer_names}: the layout of Keras 1 and 2, and
 * of Keras 3's legacy format.
 *
 * <p>A layer's {@code weight_names} are paths below the layer's group. Their scopes, the parts
 * before the weight's own name, are {@code conv1} or (where TensorFlow made it unique) {@code
 * conv1_1}, with more scopes around it in some versions. A nested model is one layer whose weights
 * have several scopes: those are read as layers of their own. Keras 1 has no scopes but names such
 * as {@code conv1_W}.
 *
 * <p>Of a nested model Keras lists what is trained before what is not, each in the order of the
 * layers. Where some of its layers were frozen, these therefore stand behind later ones.
 */
final class KerasWeights {
  private static final String THEANO = "theano";

  /**
   * Most convolutions that follow each other without a normalisation between: a projection's too.
   */
  private static final int MOST_BARE = 2;

  /** All layers in the file's order, those without arrays too. */
  private final List<SavedLayer> layers = new ArrayList<>();

  private boolean ordered = true;

  private KerasWeights() {}

  /**
   * Reads a group.
   *
   * @return its layers, and whether they are certain to stand in the model's order
   */
  static KerasWeights read(Group group, Hdf5Reader.ArrayReader arrays) {
    KerasWeights weights = new KerasWeights();
    weights.addAll(group, arrays);
    return weights;
  }

  /** Returns all layers in the file's order, those without arrays too. */
  List<SavedLayer> layers() {
    return layers;
  }

  /** Returns whether the layers of each kind are certain to stand in the model's order. */
  boolean ordered() {
    return ordered;
  }

  private void addAll(Group group, Hdf5Reader.ArrayReader arrays) {
    boolean theano = THEANO.equals(Hdf5Reader.optionalText(group, KerasNames.BACKEND));
    for (String name : Hdf5Reader.texts(group, KerasNames.LAYER_NAMES)) {
      for (SavedLayer layer : layers(Hdf5Reader.group(group, name), name, arrays)) {
        KerasArrays.checkOrder(layer.name(), layer.arrays());
        layers.add(
            theano ? new SavedLayer(layer.name(), KerasArrays.turned(layer.arrays())) : layer);
      }
    }
  }

  private List<SavedLayer> layers(Group group, String layer, Hdf5Reader.ArrayReader reader) {
    Map<String, List<SavedArray>> scopes = new LinkedHashMap<>();
    List<String> scopeNames = new ArrayList<>();
    List<String> arrayNames = new ArrayList<>();
    for (String path : Hdf5Reader.texts(group, KerasNames.WEIGHT_NAMES)) {
      int slash = path.lastIndexOf('/');
      Dataset dataset = Hdf5Reader.dataset(group, path);
      if (!Hdf5Reader.isCounter(dataset)) {
        String scope = path.substring(0, Math.max(slash, 0));
        String array = KerasArrays.name(path.substring(slash + 1));
        scopes
            .computeIfAbsent(scope, key -> new ArrayList<>())
            .add(DepthwiseKernels.inGroups(reader.read(dataset, array)));
        scopeNames.add(scope);
        arrayNames.add(array);
      }
    }
    if (scopes.size() <= 1) {
      List<SavedArray> arrays = scopes.values().stream().findAny().orElseGet(ArrayList::new);
      return List.of(new SavedLayer(layer.replace('/', '.'), KerasArrays.named(arrays)));
    }
    ordered &= isTrainedWhole(scopeNames, arrayNames) || isFrozen(scopeNames, arrayNames);
    return scopes.entrySet().stream()
        .map(
            scope ->
                new SavedLayer(
                    scope.getKey().substring(scope.getKey().lastIndexOf('/') + 1),
                    KerasArrays.named(scope.getValue())))
        .toList();
  }

  /**
   * Returns whether statistics follow all that gradients train, in the same order: no layer was
   * frozen, but for the first perhaps, whose shape is no other's since it reads the images.
   */
  private static boolean isTrainedWhole(List<String> scopes, List<String> arrays) {
    Set<String> trained = new LinkedHashSet<>();
    Set<String> statistics = new LinkedHashSet<>();
    for (int i = 0; i < arrays.size(); i++) {
      if (isStatistic(arrays.get(i))) {
        statistics.add(scopes.get(i));
      } else if (statistics.isEmpty()) {
        trained.add(scopes.get(i));
      } else {
        return false;
      }
    }
    trained.retainAll(statistics);
    return List.copyOf(trained).equals(List.copyOf(statistics));
  }

  private static boolean isStatistic(String array) {
    return array.startsWith("moving_");
  }

  /**
   * Returns whether each layer's arrays stand together, and either the layers of all kinds are
   * mixed as in a network, all being frozen; or all kernels come first, the normalisations being
   * frozen.
   */
  private static boolean isFrozen(List<String> scopes, List<String> arrays) {
    Set<String> seen = new HashSet<>();
    List<Boolean> kernels = new ArrayList<>();
    for (int i = 0; i < scopes.size(); i++) {
      if (i > 0 && scopes.get(i).equals(scopes.get(i - 1))) {
        continue;
      }
      if (!seen.add(scopes.get(i))) {
        return false;
      }
      kernels.add(arrays.get(i).endsWith("kernel"));
    }
    int first = kernels.indexOf(false);
    if (first < 0 || !kernels.subList(first, kernels.size()).contains(true)) {
      return true;
    }
    int bare = 0;
    for (boolean kernel : kernels) {
      bare = kernel ? bare + 1 : 0;
      if (bare > MOST_BARE) {
        return false;
      }
    }
    return true;
  }
}
