package dev.lanewise.model.training;

import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.train.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How to train.
 *
 * @param epochs passes over the training images, in addition to those already done
 * @param batchSize images per step; an epoch's last step takes what is left
 * @param validation images to evaluate after each epoch; null for none
 * @param seed seed of shuffling, which depends on it and the number of the epoch alone; empty for
 *     the model's, or that of the training that is continued
 * @param schedule learning rate of each step; null for the optimiser's own, which it has again
 *     afterwards
 * @param listeners what hears of the progress, in order
 */
public record FitOptions(
    int epochs,
    int batchSize,
    ImageDataset validation,
    OptionalLong seed,
    LearningRateSchedule schedule,
    List<TrainingListener> listeners) {
  /**
   * Copies the listeners.
   *
   * @throws ModelException where epochs or batchSize is not positive
   */
  public FitOptions {
    listeners = List.copyOf(listeners);
    if (epochs < 1) {
      throw new ModelException("training requires at least 1 epoch, got " + epochs);
    }
    if (batchSize < 1) {
      throw new ModelException("a batch requires at least 1 image, got " + batchSize);
    }
  }

  /** Returns options for a number of epochs: batches of 32, shuffled, without validation. */
  public static FitOptions epochs(int epochs) {
    return new FitOptions(epochs, 32, null, OptionalLong.empty(), null, List.of());
  }

  /** Returns these options with another batch size. */
  public FitOptions withBatchSize(int batchSize) {
    return new FitOptions(epochs, batchSize, validation, seed, schedule, listeners);
  }

  /** Returns these options with images to evaluate after each epoch. */
  public FitOptions withValidation(ImageDataset validation) {
    return new FitOptions(epochs, batchSize, validation, seed, schedule, listeners);
  }

  /** Returns these options with a seed of shuffling. */
  public FitOptions withSeed(long seed) {
    return new FitOptions(
        epochs, batchSize, validation, OptionalLong.of(seed), schedule, listeners);
  }

  /** Returns these options with a learning rate for each step. */
  public FitOptions withSchedule(LearningRateSchedule schedule) {
    return new FitOptions(epochs, batchSize, validation, seed, schedule, listeners);
  }

  /** Returns these options with one more listener. */
  public FitOptions withListener(TrainingListener listener) {
    List<TrainingListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new FitOptions(epochs, batchSize, validation, seed, schedule, more);
  }
}
