package dev.lanewise.model.run;

import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.util.List;
import java.util.Optional;

/** How a model is trained, and how far it has come. */
public final class TrainingState {
  private static final int DEFAULT_BATCH = 32;

  private Loss loss = Loss.CATEGORICAL_CROSSENTROPY;
  private List<Metric> metrics = List.of(Metric.ACCURACY);

  /** Null where there is none. */
  public Optimizer optimizer;

  /** An optimiser of a user's own in the file that was loaded, until it is given; else null. */
  private SavedOptimizer awaited;

  private String awaitedFrom;

  /** Seed of the shuffling. */
  public long seed;

  /** Images of a step. */
  public int batchSize = DEFAULT_BATCH;

  /** Epochs done. */
  public int epochs;

  /**
   * Says how to train. An optimiser that is awaited takes over its state.
   *
   * @throws ModelException where its name is another's, or its state does not fit; nothing has
   *     changed then
   */
  public void compile(Network network, Optimizer optimizer, Loss loss, List<Metric> metrics) {
    Optimizers.requireOwnName(optimizer);
    if (awaited != null && awaited.name().equals(optimizer.name())) {
      Snapshots.restoreOptimizer(network, optimizer, awaited, awaitedFrom);
    }
    awaited = null;
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = metrics;
  }

  public Loss loss() {
    return loss;
  }

  public boolean measuresAccuracy() {
    return metrics.contains(Metric.ACCURACY);
  }

  /** Returns the name of the optimiser that the loaded file holds and that only a user has. */
  public Optional<String> awaitedOptimizer() {
    return Optional.ofNullable(awaited).map(SavedOptimizer::name);
  }

  /** Returns the optimiser with its state, as a file holds it; null where there is none. */
  public SavedOptimizer savedOptimizer(Network network) {
    return optimizer == null ? awaited : Snapshots.optimizer(network, optimizer);
  }

  public SavedTraining saved() {
    List<String> names = metrics.stream().map(Metric::kerasName).toList();
    return new SavedTraining(loss.kerasName(), names, epochs, batchSize, seed);
  }

  /**
   * Takes over what a model file holds of it.
   *
   * @param from the file, for messages
   * @throws ModelException where the optimiser's state does not fit
   */
  public void restore(SavedModel saved, Network network, String from) {
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
      if (optimizer == null) {
        awaited = saved.optimizer().fetched();
        awaitedFrom = from;
      } else {
        Snapshots.restoreOptimizer(network, optimizer, saved.optimizer(), from);
      }
    }
  }
}
