package dev.lanewise.formats.saved;

import java.util.List;
import java.util.Locale;

/**
 * One kind of state that an optimiser keeps for each trained value.
 *
 * @param name Keras's name: {@code "m"} and {@code "v"} of Adam, {@code "momentum"} of SGD
 * @param layers the state under the layers and names of the weights it belongs to; layers without
 *     trained weights are left out
 */
public record SavedSlot(String name, List<SavedLayer> layers) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where there is no layer, or one comes twice or has no array
   */
  public SavedSlot {
    Saved.checkName("an optimiser slot", name);
    layers = List.copyOf(layers);
    Saved.checkDistinct("layers of slot '" + name + "'", layers, SavedLayer::name);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("slot '" + name + "' has no layer");
    }
    for (SavedLayer layer : layers) {
      if (layer.arrays().isEmpty()) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "layer '%s' of slot '%s' has no array", layer.name(), name));
      }
    }
  }

  /** Returns this slot with its values in memory. */
  SavedSlot fetched() {
    return new SavedSlot(name, layers.stream().map(SavedLayer::fetched).toList());
  }
}
