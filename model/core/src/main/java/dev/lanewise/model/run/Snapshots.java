package dev.lanewise.model.run;

import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.ParameterCopy;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Takes a network's and an optimiser's arrays into snapshots, and puts them back. */
public final class Snapshots {
  private Snapshots() {}

  /** Returns all layers with their parameters, which are fetched when they are written. */
  public static List<SavedLayer> layers(Network network) {
    Map<String, List<SavedArray>> arrays = byLayer(network.parameters(), Parameter::values);
    List<SavedLayer> layers = new ArrayList<>();
    for (LayerInfo info : network.layerInfos()) {
      layers.add(new SavedLayer(info.name(), arrays.getOrDefault(info.name(), List.of())));
    }
    return layers;
  }

  /** Returns an optimiser's settings, and its state, which is fetched when it is written. */
  static SavedOptimizer optimizer(Network network, Optimizer optimizer) {
    List<SavedSlot> slots = new ArrayList<>();
    for (Optimizer.Slot slot : optimizer.slots()) {
      Map<String, List<SavedArray>> arrays =
          byLayer(trainable(network), p -> p.valuesIn(slot.values()));
      slots.add(
          new SavedSlot(
              slot.name(),
              arrays.entrySet().stream()
                  .map(entry -> new SavedLayer(entry.getKey(), entry.getValue()))
                  .toList()));
    }
    return new SavedOptimizer(optimizer.name(), optimizer.config(), optimizer.iterations(), slots);
  }

  /**
   * Gives an optimiser the state that a snapshot holds.
   *
   * @throws ModelException where an array is missing or has another shape, or the slots are not
   *     this optimiser's
   */
  static void restoreOptimizer(
      Network network, Optimizer optimizer, SavedOptimizer saved, String from) {
    List<Optimizer.Slot> slots = new ArrayList<>();
    for (SavedSlot slot : saved.slots()) {
      Map<String, SavedArray> arrays = byPath(slot.layers());
      float[] values = network.newParameterArray();
      for (Parameter parameter : trainable(network)) {
        parameter.setValuesIn(values, find(arrays, parameter, from).values());
      }
      slots.add(new Optimizer.Slot(slot.name(), values));
    }
    try {
      optimizer.restore(saved.iterations(), slots);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "the optimiser's state in " + from + " does not fit: " + e.getMessage(), e);
    }
  }

  /** Returns a copy of all parameters, which are fetched when they are written. */
  static SavedSlot copy(String name, Network network, ParameterCopy copy) {
    return new SavedSlot(
        name,
        byLayer(network.parameters(), copy::values).entrySet().stream()
            .map(entry -> new SavedLayer(entry.getKey(), entry.getValue()))
            .toList());
  }

  /**
   * Returns the copy of all parameters that a snapshot holds.
   *
   * @throws ModelException where an array is missing or has another shape
   */
  static ParameterCopy restoreCopy(SavedSlot saved, Network network, String from) {
    Map<String, SavedArray> arrays = byPath(saved.layers());
    ParameterCopy copy = network.copyParameters();
    for (Parameter parameter : network.parameters()) {
      copy.setValues(parameter, find(arrays, parameter, from).values());
    }
    return copy;
  }

  private static List<Parameter> trainable(Network network) {
    return network.parameters().stream().filter(Parameter::trainable).toList();
  }

  private static Map<String, List<SavedArray>> byLayer(
      List<Parameter> parameters, Function<Parameter, float[]> values) {
    Map<String, List<SavedArray>> arrays = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      arrays
          .computeIfAbsent(parameter.layer(), layer -> new ArrayList<>())
          .add(new SavedArray(parameter.name(), parameter.shape(), () -> values.apply(parameter)));
    }
    return arrays;
  }

  private static Map<String, SavedArray> byPath(List<SavedLayer> layers) {
    Map<String, SavedArray> arrays = new HashMap<>();
    for (SavedLayer layer : layers) {
      for (SavedArray array : layer.arrays()) {
        arrays.put(layer.name() + "/" + array.name(), array);
      }
    }
    return arrays;
  }

  private static SavedArray find(Map<String, SavedArray> arrays, Parameter parameter, String from) {
    String path = parameter.layer() + "/" + parameter.name();
    SavedArray array = arrays.get(path);
    if (array == null) {
      throw new ModelException(from + " lacks the array " + path + ", which the network requires");
    }
    if (!Arrays.equals(array.shape(), parameter.shape())) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "%s holds %s in shape %s, and the network requires %s",
              from,
              path,
              array.shapeText(),
              Arrays.toString(parameter.shape()).replace(" ", "")));
    }
    return array;
  }
}
