package dev.lanewise.formats.saved;

import java.util.List;

/**
 * What only a training goes on with, beside the model itself.
 *
 * @param optimizer settings and state of the optimiser; null where there is none
 * @param copies further sets of all parameters, such as their moving average, by name
 */
public record SavedState(SavedOptimizer optimizer, List<SavedSlot> copies) {
  /** Nothing: the training will not go on. */
  public static final SavedState NONE = new SavedState(null, List.of());

  /**
   * Copies the list, keeping its order.
   *
   * @throws IllegalArgumentException where two copies share a name
   */
  public SavedState {
    copies = List.copyOf(copies);
    Saved.checkDistinct("copies", copies, SavedSlot::name);
  }

  /** {@return whether there is nothing to keep} */
  public boolean isEmpty() {
    return optimizer == null && copies.isEmpty();
  }
}
