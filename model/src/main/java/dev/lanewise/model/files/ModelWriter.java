package dev.lanewise.model.files;

import io.jhdf.api.WritableGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Lays a snapshot out as a tree of groups, datasets and attributes. */
final class ModelWriter {
  private ModelWriter() {}

  /** Fills an empty file's root group. */
  static void write(SavedModel model, WritableGroup root) {
    putKerasVersion(root);
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
    writeLayers(model.layers(), root.putGroup(FileFormat.MODEL_WEIGHTS));
    if (model.optimizer() != null) {
      writeOptimizer(model.optimizer(), root);
    }
  }

  private static void putKerasVersion(WritableGroup group) {
    Hdf5Writer.putText(group, "keras_version", FileFormat.KERAS_VERSION);
    Hdf5Writer.putText(group, "backend", FileFormat.BACKEND);
  }

  private static void writeTraining(SavedTraining training, WritableGroup root) {
    Hdf5Writer.putText(root, FileFormat.LOSS, training.loss());
    Hdf5Writer.putTexts(root, FileFormat.METRICS, training.metrics());
    root.putAttribute(FileFormat.EPOCHS, (long) training.epochs());
    root.putAttribute(FileFormat.BATCH_SIZE, (long) training.batchSize());
    root.putAttribute(FileFormat.SEED, training.seed());
  }

  /** Writes {@code <layer>/<layer>/kernel:0}: Keras's group of the layer, then the variable. */
  static void writeLayers(List<SavedLayer> layers, WritableGroup group) {
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
   * Writes {@code Adam/iter:0} and {@code Adam/<layer>/kernel/m:0}, in the order in which Keras
   * lists an optimiser's variables: the steps done, then slot by slot.
   */
  private static void writeOptimizer(SavedOptimizer optimizer, WritableGroup root) {
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
    Map<String, WritableGroup> groups = new HashMap<>();
    for (SavedSlot slot : optimizer.slots()) {
      String variable = FileFormat.variable(slot.name());
      for (SavedLayer layer : slot.layers()) {
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
