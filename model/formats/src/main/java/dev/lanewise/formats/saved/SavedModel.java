package dev.lanewise.formats.saved;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network at rest: what a model file holds.
 *
 * @param network the spec's simple name: {@code "ResNet50"}
 * @param height rows of the input images
 * @param width columns of the input images
 * @param channels channels of the input images
 * @param classNames names of the classes, by class index
 * @param layers all layers in the network's order, those without weights too
 * @param training how it was trained; null where that is unknown
 * @param optimizer settings and state of its optimiser; null where training will not go on
 * @param copies further sets of all parameters that training goes on with, such as their moving
 *     average, by name; a file that is read without its optimiser gives none
 * @param attributes anything else worth keeping, such as the preprocessing, by name
 */
public record SavedModel(
    String network,
    int height,
    int width,
    int channels,
    List<String> classNames,
    List<SavedLayer> layers,
    SavedTraining training,
    SavedOptimizer optimizer,
    List<SavedSlot> copies,
    Map<String, String> attributes) {
  /**
   * Copies lists and map, keeping their order.
   *
   * @throws IllegalArgumentException where an extent is not positive or two layers share a name
   */
  public SavedModel {
    Saved.checkName("a network", network);
    classNames = List.copyOf(classNames);
    layers = List.copyOf(layers);
    copies = List.copyOf(copies);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    Saved.checkDistinct("layers", layers, SavedLayer::name);
    Saved.checkDistinct("copies", copies, SavedSlot::name);
    if (height <= 0 || width <= 0 || channels <= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the input's height, width and channels must be positive, got %dx%dx%d",
              height,
              width,
              channels));
    }
  }

  /** {@return what only training reads} */
  public SavedState state() {
    return new SavedState(optimizer, copies);
  }

  /**
   * {@return the same model with another state of its training}
   *
   * @param state what only training reads
   */
  public SavedModel withState(SavedState state) {
    return new SavedModel(
        network,
        height,
        width,
        channels,
        classNames,
        layers,
        training,
        state.optimizer(),
        state.copies(),
        attributes);
  }

  /** {@return this model with its values in memory} */
  public SavedModel fetched() {
    return new SavedModel(
        network,
        height,
        width,
        channels,
        classNames,
        layers.stream().map(SavedLayer::fetched).toList(),
        training,
        optimizer == null ? null : optimizer.fetched(),
        copies.stream().map(SavedSlot::fetched).toList(),
        attributes);
  }
}
