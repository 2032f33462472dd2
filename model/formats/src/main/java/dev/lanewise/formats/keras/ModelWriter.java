package dev.lanewise.formats.keras;

import dev.lanewise.formats.hdf5.Hdf5Writer;
import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.ModelChecksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedTraining;
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
public final class ModelWriter {
  private ModelWriter() {}

  /**
   * Fills an empty file with everything, the state of the training included.
   *
   * @param network the network's layers, the output last
   * @throws IllegalArgumentException where the model's layers are others
   */
  public static void write(SavedModel model, List<LayerInfo> network, Hdf5Writer writer) {
    WritableGroup root = writer.root();
    List<LayerInfo> layers = LayerOrder.ofKeras(network);
    Map<String, Integer> order = order(layers, model.layers());
    DepthwiseKernels depthwise = new DepthwiseKernels(network);
    putKerasVersion(root);
    writer.putLongText(
        root, KerasNames.MODEL_CONFIG, KerasConfigWriter.model(model.network(), layers));
    if (model.training() != null && model.optimizer() != null) {
      String training = KerasConfigWriter.training(model.training(), model.optimizer());
      if (training != null) {
        writer.putLongText(root, KerasNames.TRAINING_CONFIG, training);
      }
    }
    writeTexts(model, null, writer);
    Hdf5Writer.putText(
        root,
        LanewiseNames.OPTIMIZER_CHECKSUM,
        Checksum.text(ModelChecksum.ofState(model.state())));
    writeLayers(
        depthwise.ofKeras(sorted(model.layers(), order)), root.putGroup(KerasNames.MODEL_WEIGHTS));
    if (model.optimizer() != null) {
      writeOptimizer(model.optimizer(), order, depthwise, root);
    }
    if (!model.copies().isEmpty()) {
      WritableGroup copies = root.putGroup(LanewiseNames.COPIES);
      for (SavedSlot copy : model.copies()) {
        writeLayers(depthwise.ofKeras(sorted(copy.layers(), order)), copies.putGroup(copy.name()));
      }
    }
  }

  /**
   * Fills an empty file as {@link #writeKeras3Weights} does, with what makes it a model as
   * attributes; without the state of its training, which has a file of its own.
   *
   * @param network the network's layers, the output last
   * @param state the fingerprint of that file; null where there is none
   * @throws IllegalArgumentException where the model's layers are others
   */
  public static void writeKeras3(
      SavedModel model, List<LayerInfo> network, String state, Hdf5Writer writer) {
    writeTexts(model, state, writer);
    List<String> names = model.layers().stream().map(SavedLayer::name).toList();
    Hdf5Writer.putTexts(writer.root(), LanewiseNames.LAYERS, names);
    writeKeras3Weights(model.layers(), network, writer.root());
  }

  /** Writes what a model says beside its arrays and its optimiser. */
  private static void writeTexts(SavedModel model, String state, Hdf5Writer writer) {
    WritableGroup root = writer.root();
    root.putAttribute(LanewiseNames.FORMAT, LanewiseNames.HDF5_VERSION);
    Hdf5Writer.putText(
        root, LanewiseNames.MODEL_CHECKSUM, Checksum.text(ModelChecksum.ofModel(model, state)));
    if (state != null) {
      Hdf5Writer.putText(root, LanewiseNames.STATE, state);
    }
    Hdf5Writer.putText(root, LanewiseNames.NETWORK, model.network());
    root.putAttribute(
        LanewiseNames.INPUT_SHAPE, new long[] {model.height(), model.width(), model.channels()});
    Hdf5Writer.putTexts(root, LanewiseNames.CLASS_NAMES, model.classNames());
    model
        .attributes()
        .forEach((name, text) -> writer.putLongText(root, LanewiseNames.ATTRIBUTE + name, text));
    if (model.training() != null) {
      writeTraining(model.training(), root);
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
    Hdf5Writer.putText(group, KerasNames.KERAS_VERSION, KerasNames.VERSION);
    Hdf5Writer.putText(group, KerasNames.BACKEND, KerasNames.TENSORFLOW);
  }

  private static void writeTraining(SavedTraining training, WritableGroup root) {
    Hdf5Writer.putText(root, LanewiseNames.LOSS, training.loss());
    Hdf5Writer.putTexts(root, LanewiseNames.METRICS, training.metrics());
    root.putAttribute(LanewiseNames.EPOCHS, (long) training.epochs());
    root.putAttribute(LanewiseNames.BATCH_SIZE, (long) training.batchSize());
    root.putAttribute(LanewiseNames.SEED, training.seed());
  }

  /**
   * Fills an empty file as Keras 1, 2 and 3 do with {@code save_weights("name.h5")}.
   *
   * @throws IllegalArgumentException where the layers are not the network's
   */
  public static void writeWeights(
      List<SavedLayer> layers, List<LayerInfo> network, WritableGroup root) {
    writeLayers(sorted(layers, order(LayerOrder.ofKeras(network), layers)), root);
  }

  /**
   * Fills an empty file as Keras 3 does with {@code save_weights("name.weights.h5")}: {@code
   * layers/conv2d_1/vars/0}, by class and counter, with the layers' names as attributes.
   *
   * @throws IllegalArgumentException where the layers are not the network's
   */
  public static void writeKeras3Weights(
      List<SavedLayer> layers, List<LayerInfo> network, WritableGroup root) {
    Map<String, String> types = new HashMap<>();
    network.forEach(layer -> types.put(layer.name(), KerasLayer.snakeCase(layer.type())));
    Map<String, Integer> counts = new HashMap<>();
    root.putGroup(Keras3Weights.VARS);
    WritableGroup container = root.putGroup(Keras3Weights.LAYERS);
    List<SavedLayer> sorted = sorted(layers, order(LayerOrder.ofKeras(network), layers));
    for (SavedLayer layer : new DepthwiseKernels(network).ofKeras(sorted)) {
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
    Hdf5Writer.putTexts(group, KerasNames.LAYER_NAMES, names);
    for (SavedLayer layer : layers) {
      WritableGroup layerGroup = group.putGroup(layer.name());
      List<String> weights = new ArrayList<>();
      WritableGroup scope = layer.arrays().isEmpty() ? null : layerGroup.putGroup(layer.name());
      for (SavedArray array : layer.arrays()) {
        String variable = KerasNames.variable(array.name());
        weights.add(layer.name() + "/" + variable);
        Hdf5Writer.putArray(scope, variable, array);
      }
      Hdf5Writer.putTexts(layerGroup, KerasNames.WEIGHT_NAMES, weights);
    }
  }

  /**
   * Writes {@code Adam/iter:0}, {@code Adam/learning_rate:0} and {@code Adam/<layer>/kernel/m:0},
   * in the order in which Keras 3 lists an optimiser's variables: the steps done, the learning
   * rate, then slot by slot. Keras 2, which counts other variables, starts with a fresh state.
   */
  private static void writeOptimizer(
      SavedOptimizer optimizer,
      Map<String, Integer> order,
      DepthwiseKernels depthwise,
      WritableGroup root) {
    Hdf5Writer.putText(root, LanewiseNames.OPTIMIZER, optimizer.name());
    optimizer
        .config()
        .forEach((name, value) -> root.putAttribute(LanewiseNames.OPTIMIZER_CONFIG + name, value));
    WritableGroup group = root.putGroup(KerasNames.OPTIMIZER_WEIGHTS);
    String scope = KerasNames.optimizerScope(optimizer.name());
    WritableGroup scopeGroup = group.putGroup(scope);
    String iterations = KerasNames.variable("iter");
    scopeGroup.putDataset(iterations, optimizer.iterations());
    List<String> names = new ArrayList<>(List.of(scope + "/" + iterations));
    Double rate = optimizer.config().get(KerasNames.LEARNING_RATE);
    if (rate != null) {
      String variable = KerasNames.variable(KerasNames.LEARNING_RATE);
      scopeGroup.putDataset(variable, rate.floatValue());
      names.add(scope + "/" + variable);
    }
    Map<String, WritableGroup> groups = new HashMap<>();
    for (SavedSlot slot : optimizer.slots()) {
      String variable = KerasNames.variable(slot.name());
      for (SavedLayer layer : depthwise.ofKeras(sorted(slot.layers(), order))) {
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
    Hdf5Writer.putTexts(group, KerasNames.WEIGHT_NAMES, names);
  }
}
