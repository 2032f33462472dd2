package dev.lanewise.formats.saved;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimiser's settings and state.
 *
 * @param name Keras's name: {@code "adam"} or {@code "sgd"}
 * @param config settings by Keras's names: {@code learning_rate}, {@code beta_1}, {@code nesterov}
 *     (0 or 1) and so on
 * @param iterations number of steps done
 * @param slots state arrays in the optimiser's order; empty before the first step
 */
public record SavedOptimizer(
    String name, Map<String, Double> config, long iterations, List<SavedSlot> slots) {
  /**
   * Copies map and list, keeping their order.
   *
   * @throws IllegalArgumentException where two slots share a name or iterations is negative
   */
  public SavedOptimizer {
    Saved.checkName("an optimiser", name);
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    slots = List.copyOf(slots);
    Saved.checkDistinct("slots", slots, SavedSlot::name);
    if (iterations < 0) {
      throw new IllegalArgumentException("iterations must not be negative, got " + iterations);
    }
  }

  /** {@return this optimiser with its state in memory} */
  public SavedOptimizer fetched() {
    return new SavedOptimizer(
        name, config, iterations, slots.stream().map(SavedSlot::fetched).toList());
  }
}
