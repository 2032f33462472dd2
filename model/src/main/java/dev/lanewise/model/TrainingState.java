package dev.lanewise.model;

import dev.lanewise.model.files.SavedModel;
import dev.lanewise.model.files.SavedTraining;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.util.List;

/** How a model is trained, and how far it has come. */
final class TrainingState {
  private static final int DEFAULT_BATCH = 32;

  private Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
  private List<Metric> metrics = List.of(Metric.ACCURACY);

  /** Null where there is none. */
  Optimizer optimizer;

  /** Seed of the shuffling. */
  long seed;

  /** Images of a step. */
  int batchSize = DEFAULT_BATCH;

  /** Epochs done. */
  int epochs;

  /** Says how to train. */
  void compile(Optimizer optimizer, Loss loss, List<Metric> metrics) {
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = metrics;
  }

  Loss loss() {
    return loss;
  }

  boolean measuresAccuracy() {
    return metrics.contains(Metric.ACCURACY);
  }

  SavedTraining saved() {
    List<String> names = metrics.stream().map(Metric::kerasName).toList();
    return new SavedTraining(loss.kerasName(), names, epochs, batchSize, seed);
  }

  /**
   * Takes over what a model file holds of it.
   *
   * @param from the file, for messages
   * @throws ModelException where the optimiser's state does not fit
   */
  void restore(SavedModel saved, Network network, String from) {
    SavedTraining training = saved.training();
    if (training != null) {
      seed = training.seed();
      batchSize = training.batchSize();
      epochs = training.epochs();
      boolean accuracy = training.metrics().contains(Metric.ACCURACY.kerasName());
      metrics = accuracy ? List.of(Metric.ACCURACY) : List.of();
    }
    if (saved.optimizer() != null) {
      optimizer = Optimizers.create(saved.optimizer().name(), saved.optimizer().config(), from);
      if (optimizer != null) {
        Snapshots.restoreOptimizer(network, optimizer, saved.optimizer(), from);
      }
    }
  }
}
