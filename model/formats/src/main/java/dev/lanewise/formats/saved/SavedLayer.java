package dev.lanewise.formats.saved;

import java.util.List;

/**
 * The arrays of one layer.
 *
 * @param name the layer's name: {@code "res2a_branch2a"}
 * @param arrays in Keras's order: kernel, bias; gamma, beta, moving_mean, moving_variance; empty
 *     for a layer without weights
 */
public record SavedLayer(String name, List<SavedArray> arrays) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where two arrays share a name
   */
  public SavedLayer {
    Saved.checkName("a layer", name);
    arrays = List.copyOf(arrays);
    Saved.checkDistinct("arrays of layer '" + name + "'", arrays, SavedArray::name);
  }

  /** {@return this layer with its values in memory} */
  public SavedLayer fetched() {
    return new SavedLayer(name, arrays.stream().map(SavedArray::fetched).toList());
  }
}
