package dev.lanewise.formats;

import dev.lanewise.network.LayerInfo;
import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Lays a snapshot out as a tree of groups, datasets and attributes. */
final class ModelWriter {
  private ModelWriter() {}

  /**
   * Fills an empty file.
   *
   * @param network the network's layers, the output last
   * @throws IllegalArgumentException where the model's layers are others
   */
  static void write(SavedModel model, List<LayerInfo> network, Hdf5Writer writer) {
    WritableGroup root = writer.root();
    List<LayerInfo> layers = LayerOrder.ofKeras(network);
    Map<String, Integer> order = order(layers, model.layers());
    putKerasVersion(root);
    writer.putLongText(
        root, FileFormat.MODEL_CONFIG, KerasConfigWriter.model(model.network(), layers));
    if (model.training() != null && model.optimizer() != null) {
      String training = KerasConfigWriter.training(model.training(), model.optimizer());
      if (training != null) {
        writer.putLongText(root, FileFormat.TRAINING_CONFIG, training);
      }
    }
    root.putAttribute(FileFormat.FORMAT, FileFormat.VERSION);
    Hdf5Writer.putText(root, FileFormat.NETWORK, model.network());
    root.putAttribute(
        FileFormat.INPUT_SHAPE, new long[] {model.height(), model.width(), model.channels()});
    Hdf5Writer.putTexts(root, FileFormat.CLASS_NAMES, model.classNames());
    model
        .attributes()
        .forEach((name, text) -> Hdf5Writer.putText(root, FileFormat.ATTRIBUTE + name, text));
    if (model.training() != null) {
      writeTraining(model.training(), root);
    }
    writeLayers(sorted(model.layers(), order), root.putGroup(FileFormat.MODEL_WEIGHTS));
    if (model.optimizer() != null) {
      writeOptimizer(model.optimizer(), order, root);
    }
  }

  /** Returns each layer's place: Keras gives arrays to layers by their order. */
  private static Map<String, Integer> order(List<LayerInfo> network, List<SavedLayer> layers) {
    Map<String, Integer> order = new HashMap<>();
    network.forEach(layer -> order.put(layer.name(), order.size()));
    Set<String> names = layers.stream().map(SavedLayer::name).collect(Collectors.toSet());
    if (!names.equals(order.keySet())) {
      throw new IllegalArgumentException(
          "the model's layers " + names + " are not those of the network, " + order.keySet());
    }
    return order;
  }

  private static List<SavedLayer> sorted(List<SavedLayer> layers, Map<String, Integer> order) {
    return layers.stream()
        .sorted(Comparator.comparing(layer -> order.getOrDefault(layer.name(), order.size())))
        .toList();
  }

  private static void putKerasVersion(WritableGroup group) {
    Hdf5Writer.putText(group, FileFormat.KERAS_VERSION_NAME, FileFormat.KERAS_VERSION);
    Hdf5Writer.putText(group, FileFormat.BACKEND_NAME, FileFormat.BACKEND);
  }

  private static void writeTraining(SavedTraining training, WritableGroup root) {
    Hdf5Writer.putText(root, FileFormat.LOSS, training.loss());
    Hdf5Writer.putTexts(root, FileFormat.METRICS, training.metrics());
    root.putAttribute(FileFormat.EPOCHS, (long) training.epochs());
    root.putAttribute(FileFormat.BATCH_SIZE, (long) training.batchSize());
    root.putAttribute(FileFormat.SEED, training.seed());
  }

  /**
   * Fills an empty file as Keras 1, 2 and 3 do with {@code save_weights("name.h5")}.
   *
   * @throws IllegalArgumentException where the layers are not the network's
   */
  static void writeWeights(List<SavedLayer> layers, List<LayerInfo> network, WritableGroup root) {
    writeLayers(sorted(layers, order(LayerOrder.ofKeras(network), layers)), root);
  }

  /**
   * Fills an empty file as Keras 3 does with {@code save_weights("name.weights.h5")}: {@code
   * layers/conv2d_1/vars/0}, by class and counter, with the layers' names as attributes.
   *
   * @throws IllegalArgumentException where the layers are not the network's
   */
  static void writeKeras3Weights(
      List<SavedLayer> layers, List<LayerInfo> network, WritableGroup root) {
    Map<String, String> types = new HashMap<>();
    network.forEach(layer -> types.put(layer.name(), KerasLayer.snakeCase(layer.type())));
    Map<String, Integer> counts = new HashMap<>();
    root.putGroup(Keras3Weights.VARS);
    WritableGroup container = root.putGroup(Keras3Weights.LAYERS);
    for (SavedLayer layer : sorted(layers, order(LayerOrder.ofKeras(network), layers))) {
      String type = types.get(layer.name());
      int count = counts.merge(type, 1, Integer::sum) - 1;
      WritableGroup vars =
          container.putGroup(count == 0 ? type : type + "_" + count).putGroup(Keras3Weights.VARS);
      Hdf5Writer.putText(vars, Keras3Weights.NAME, layer.name());
      for (int i = 0; i < layer.arrays().size(); i++) {
        Hdf5Writer.putArray(vars, Integer.toString(i), layer.arrays().get(i));
      }
    }
  }

  /** Writes {@code <layer>/<layer>/kernel:0}: Keras's group of the layer, then the variable. */
  private static void writeLayers(List<SavedLayer> layers, WritableGroup group) {
    putKerasVersion(group);
    List<String> names = layers.stream().map(SavedLayer::name).collect(Collectors.toList());
    Hdf5Writer.putTexts(group, FileFormat.LAYER_NAMES, names);
    for (SavedLayer layer : layers) {
      WritableGroup layerGroup = group.putGroup(layer.name());
      List<String> weights = new ArrayList<>();
      WritableGroup scope = layer.arrays().isEmpty() ? null : layerGroup.putGroup(layer.name());
      for (SavedArray array : layer.arrays()) {
        String variable = FileFormat.variable(array.name());
        weights.add(layer.name() + "/" + variable);
        Hdf5Writer.putArray(scope, variable, array);
      }
      Hdf5Writer.putTexts(layerGroup, FileFormat.WEIGHT_NAMES, weights);
    }
  }

  /**
   * Writes {@code Adam/iter:0}, {@code Adam/learning_rate:0} and {@code Adam/<layer>/kernel/m:0},
   * in the order in which Keras 3 lists an optimiser's variables: the steps done, the learning
   * rate, then slot by slot. Keras 2, which counts other variables, starts with a fresh state.
   */
  private static void writeOptimizer(
      SavedOptimizer optimizer, Map<String, Integer> order, WritableGroup root) {
    Hdf5Writer.putText(root, FileFormat.OPTIMIZER, optimizer.name());
    optimizer
        .config()
        .forEach((name, value) -> root.putAttribute(FileFormat.OPTIMIZER_CONFIG + name, value));
    WritableGroup group = root.putGroup(FileFormat.OPTIMIZER_WEIGHTS);
    String scope = FileFormat.optimizerScope(optimizer.name());
    WritableGroup scopeGroup = group.putGroup(scope);
    String iterations = FileFormat.variable("iter");
    scopeGroup.putDataset(iterations, optimizer.iterations());
    List<String> names = new ArrayList<>(List.of(scope + "/" + iterations));
    Double rate = optimizer.config().get(FileFormat.LEARNING_RATE);
    if (rate != null) {
      String variable = FileFormat.variable(FileFormat.LEARNING_RATE);
      scopeGroup.putDataset(variable, rate.floatValue());
      names.add(scope + "/" + variable);
    }
    Map<String, WritableGroup> groups = new HashMap<>();
    for (SavedSlot slot : optimizer.slots()) {
      String variable = FileFormat.variable(slot.name());
      for (SavedLayer layer : sorted(slot.layers(), order)) {
        WritableGroup layerGroup =
            groups.computeIfAbsent(layer.name(), name -> scopeGroup.putGroup(name));
        for (SavedArray array : layer.arrays()) {
          String path = layer.name() + "/" + array.name();
          WritableGroup weight =
              groups.computeIfAbsent(path, name -> layerGroup.putGroup(array.name()));
          Hdf5Writer.putArray(weight, variable, array);
          names.add(scope + "/" + path + "/" + variable);
        }
      }
    }
    Hdf5Writer.putTexts(group, FileFormat.WEIGHT_NAMES, names);
  }
}
