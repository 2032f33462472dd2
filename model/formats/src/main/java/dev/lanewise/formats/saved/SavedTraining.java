package dev.lanewise.formats.saved;

import java.util.List;
import java.util.Locale;

/**
 * How a model was trained: what is needed to go on as if training had never stopped.
 *
 * @param loss Keras's name of the loss: {@code "categorical_crossentropy"}
 * @param metrics Keras's names of the metrics: {@code "accuracy"}
 * @param epochs number of epochs done
 * @param batchSize images per step
 * @param seed of the shuffling
 */
public record SavedTraining(
    String loss, List<String> metrics, int epochs, int batchSize, long seed) {
  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where a number is out of range
   */
  public SavedTraining {
    metrics = List.copyOf(metrics);
    if (epochs < 0 || batchSize <= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "epochs must not be negative and the batch size must be positive, got %d and %d",
              epochs,
              batchSize));
    }
  }
}
