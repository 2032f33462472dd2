package dev.lanewise.spark.run;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Networks;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.OptimizerSettings;
import dev.lanewise.model.training.Recipe;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is trained and how: all that the result depends on, beside the images. On how many workers
 * that happens it does not depend.
 *
 * @param network one of {@link Networks#names}, or of a jar that the executors have
 * @param height rows of the input images
 * @param width columns of the input images
 * @param epochs passes over the training images
 * @param batchSize images per step, over all workers
 * @param seed of first weights, shuffling and augmentation
 * @param optimizer how parameters follow their gradients
 * @param recipe by names and texts as {@link Recipe#settings} has them; {@code shards} is a
 *     multiple of any number of workers that may take part
 */
public record TrainingSettings(
    String network,
    int height,
    int width,
    int epochs,
    int batchSize,
    long seed,
    OptimizerSettings optimizer,
    TreeMap<String, String> recipe)
    implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String SHARDS = "shards";

  /**
   * Checks the settings.
   *
   * @throws ModelException where the network is not known or a setting is out of range
   */
  public TrainingSettings {
    recipe = new TreeMap<>(recipe);
    Networks.entry(network);
    ModelOptions.of(height, width, List.of("a", "b"));
    options(epochs, batchSize, seed, recipe);
  }

  private static FitOptions options(
      int epochs, int batchSize, long seed, Map<String, String> recipe) {
    try {
      return FitOptions.epochs(epochs)
          .withBatchSize(batchSize)
          .withSeed(seed)
          .withRecipe(Recipe.of(recipe));
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  /**
   * {@return settings for a network: batches of 32 in one shard, Adam, seed 0, a plain recipe}
   *
   * @param network one of {@link Networks#names}
   * @param height rows of the input images
   * @param width columns of the input images
   * @param epochs passes over the training images
   */
  public static TrainingSettings of(String network, int height, int width, int epochs) {
    return new TrainingSettings(
        network, height, width, epochs, 32, 0, OptimizerSettings.ADAM, new TreeMap<>());
  }

  /**
   * {@return these settings with other batches}
   *
   * @param images of a batch, over all workers
   * @param shards parts of each batch; a multiple of any number of workers that may take part
   */
  public TrainingSettings withBatches(int images, int shards) {
    TreeMap<String, String> settings = new TreeMap<>(recipe);
    settings.put(SHARDS, Integer.toString(shards));
    return new TrainingSettings(network, height, width, epochs, images, seed, optimizer, settings);
  }

  /**
   * {@return these settings with another seed}
   *
   * @param other of first weights, shuffling and augmentation
   */
  public TrainingSettings withSeed(long other) {
    return new TrainingSettings(
        network, height, width, epochs, batchSize, other, optimizer, recipe);
  }

  /**
   * {@return these settings with another optimiser}
   *
   * @param other how parameters follow their gradients
   */
  public TrainingSettings withOptimizer(OptimizerSettings other) {
    return new TrainingSettings(network, height, width, epochs, batchSize, seed, other, recipe);
  }

  /**
   * {@return these settings with more of a recipe}
   *
   * @param settings by names and texts as {@link Recipe#settings} has them
   */
  public TrainingSettings withRecipe(Map<String, String> settings) {
    TreeMap<String, String> all = new TreeMap<>(recipe);
    all.putAll(settings);
    return new TrainingSettings(network, height, width, epochs, batchSize, seed, optimizer, all);
  }

  /** {@return the number of shards} */
  public int shards() {
    return Recipe.of(recipe).shards();
  }

  /** Returns the images that the network takes. */
  ImageShape imageShape() {
    return new ImageShape(height, width, Networks.entry(network).channels());
  }

  /** Makes the model as it is before the first step. */
  Model build(DatasetPair data, int threads) {
    Model model =
        Model.build(
            network,
            ModelOptions.of(height, width, data.train().classNames())
                .withSeed(seed)
                .withThreads(threads));
    model.compile(optimizer.create(), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  /** Returns how it is trained. */
  FitOptions options() {
    return options(epochs, batchSize, seed, recipe);
  }
}
