package dev.lanewise.model.training;

import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.error.ModelException;
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
 * @param recipe what is done beside plain steps over plain images
 * @param listeners what hears of the progress, in order
 */
public record FitOptions(
    int epochs,
    int batchSize,
    ImageDataset validation,
    OptionalLong seed,
    Recipe recipe,
    List<TrainingListener> listeners) {
  /**
   * Copies the listeners.
   *
   * @throws ModelException where epochs or batchSize is not positive, or the recipe's augmentation
   *     cannot be read
   */
  public FitOptions {
    listeners = List.copyOf(listeners);
    if (epochs < 1) {
      throw new ModelException("training requires at least 1 epoch, got " + epochs);
    }
    if (batchSize < 1) {
      throw new ModelException("a batch requires at least 1 image, got " + batchSize);
    }
    if (batchSize < recipe.shards()) {
      throw new ModelException(
          "a batch of "
              + recipe.shards()
              + " shards requires as many images at least, got "
              + batchSize);
    }
    try {
      Augmentation.parse(recipe.augmentation());
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  /**
   * {@return options for a number of epochs: batches of 32, shuffled, without validation}
   *
   * @param epochs passes over the training images; at least 1
   */
  public static FitOptions epochs(int epochs) {
    return new FitOptions(epochs, 32, null, OptionalLong.empty(), Recipe.PLAIN, List.of());
  }

  /**
   * {@return these options with another batch size}
   *
   * @param batchSize images per step; at least 1
   */
  public FitOptions withBatchSize(int batchSize) {
    return new FitOptions(epochs, batchSize, validation, seed, recipe, listeners);
  }

  /**
   * {@return these options with images to evaluate after each epoch}
   *
   * @param validation of the model's size and with its classes; null for none
   */
  public FitOptions withValidation(ImageDataset validation) {
    return new FitOptions(epochs, batchSize, validation, seed, recipe, listeners);
  }

  /**
   * {@return these options with a seed of shuffling}
   *
   * @param seed decides, with the number of the epoch, the order of its images
   */
  public FitOptions withSeed(long seed) {
    return new FitOptions(epochs, batchSize, validation, OptionalLong.of(seed), recipe, listeners);
  }

  /**
   * {@return these options with a recipe}
   *
   * @param recipe what is done beside plain steps over plain images
   */
  public FitOptions withRecipe(Recipe recipe) {
    return new FitOptions(epochs, batchSize, validation, seed, recipe, listeners);
  }

  /**
   * {@return these options with one more listener}
   *
   * @param listener hears of the progress after those that are there
   */
  public FitOptions withListener(TrainingListener listener) {
    List<TrainingListener> more = new ArrayList<>(listeners);
    more.add(listener);
    return new FitOptions(epochs, batchSize, validation, seed, recipe, more);
  }
}
