package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs the epochs of one training, from wherever it stands. */
public final class Trainer implements TrainingRun {
  /** Images of the warm-up: enough for kernels to be compiled, a fraction of a usual batch. */
  private static final int WARM_UP = 4;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Network network;
  private final PassCache passes;
  private final Preprocessing preprocessing;
  private final Optimizer optimizer;
  private final RunState state;
  private final Loss loss;
  private final List<Metric> metrics;
  private final Validation validation;
  private final WorkerGroup group;
  private final List<TrainingListener> listeners;
  private final Augmentation augmentation;
  private final AtomicReference<String> stopped = new AtomicReference<>();
  private TrainingPlan plan;
  private TrainingSteps steps;

  /**
   * What follows each epoch.
   *
   * @param images evaluated then; null for none
   * @param evaluate evaluates them
   */
  record Validation(ImageDataset images, Function<ImageDataset, Evaluation> evaluate) {}

  /**
   * Prepares a training.
   *
   * @param passes the model's
   * @param loss what it minimises
   * @param metrics what is measured beside it
   * @param state where the training stands; follows it
   * @param group the workers that train together, of which this is one
   * @throws ModelException where the recipe's augmentation is not known here
   */
  Trainer(
      Network network,
      PassCache passes,
      Preprocessing preprocessing,
      Optimizer optimizer,
      Loss loss,
      List<Metric> metrics,
      RunState state,
      Validation validation,
      WorkerGroup group,
      List<TrainingListener> listeners) {
    this.network = network;
    this.passes = passes;
    this.preprocessing = preprocessing;
    this.optimizer = optimizer;
    this.loss = loss;
    this.metrics = metrics;
    this.state = state;
    this.validation = validation;
    this.group = group;
    this.listeners = listeners;
    this.augmentation = augmentation(state.plan.recipe());
  }

  private static Augmentation augmentation(Recipe recipe) {
    try {
      return Augmentation.parse(recipe.augmentation());
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  @Override
  public TrainingPlan plan() {
    return plan;
  }

  @Override
  public Recipe recipe() {
    return state.plan.recipe();
  }

  @Override
  public History history() {
    return state.history();
  }

  @Override
  public void stop(String reason) {
    stopped.compareAndSet(null, reason);
  }

  @Override
  public void saved(Path file) {
    tell(listener -> listener.onCheckpoint(file));
  }

  @Override
  public Optional<String> stopped() {
    return Optional.ofNullable(stopped.get());
  }

  /**
   * Trains until all is done or someone stops it.
   *
   * @param train the images
   * @return the epochs of this training
   */
  public History run(ImageDataset train) {
    state.measure(loss, metrics, train);
    BatchPart part = part();
    if (group.size() > 1) {
      Agreement.require(group, facts(train));
    }
    steps = new TrainingSteps(network, passes, optimizer, loss, state, group, part, train);
    // Weights change between two validations: what these make of them would not be used again.
    passes.keepTransformedWeights(false);
    try (Batches batches = batches(train, part)) {
      plan = state.left();
      tell(listener -> listener.onTrainBegin(this));
      if (part.images(state.plan.batchSize()) > WARM_UP) {
        passes.training(WARM_UP).warmUp();
      }
      while (!state.isOver() && !stops()) {
        epoch(batches, state.epoch + 1);
      }
      if (state.isOver()) {
        finish(train);
      }
      History history = state.ownHistory();
      tell(listener -> listener.onTrainEnd(history));
      return history;
    } catch (RuntimeException | Error e) {
      // All workers find the same loss.
      if (!(e instanceof NonFiniteLossException)) {
        group.abort(String.valueOf(e.getMessage()));
      }
      try {
        tell(listener -> listener.onTrainFailed(e));
      } catch (RuntimeException further) {
        e.addSuppressed(further);
      }
      throw e;
    } finally {
      passes.keepTransformedWeights(true);
    }
  }

  private Map<String, String> facts(ImageDataset train) {
    try {
      return Agreement.facts(
          network, preprocessing, optimizer, loss, metrics, state, train, validation.images());
    } catch (RuntimeException e) {
      group.abort(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void epoch(Batches batches, int epoch) {
    long start = System.nanoTime();
    double before = state.seconds;
    tell(listener -> listener.onEpochBegin(epoch));
    // The order of epoch k depends on the seed and k alone, so a continued training sees the same.
    batches.startEpoch(epoch - 1, state.batch);
    long asked = System.nanoTime();
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      state.waited += secondsSince(asked);
      double batchLoss = steps.add(batch, state.score, stopped.get());
      if (!Double.isFinite(batchLoss)) {
        throw new NonFiniteLossException(
            batchLoss, epoch, state.batch + 1, state.plan.batchesPerEpoch(), state.learningRate);
      }
      state.batch++;
      if (steps.stepIfComplete()) {
        state.seconds = before + secondsSince(start);
        tellStep(epoch, batchLoss);
        if (stops()) {
          return;
        }
      }
      asked = System.nanoTime();
    }
    double trained = before + secondsSince(start);
    Evaluation evaluation = validation.images() == null ? null : validate();
    if (evaluation != null) {
      tell(listener -> listener.onValidationEnd(epoch, evaluation));
    }
    Figures trainedFigures = state.score.figures();
    EpochResult result =
        new EpochResult(
            epoch,
            before + secondsSince(start),
            trained * MILLIS_PER_SECOND / state.batch,
            evaluation == null
                ? trainedFigures
                : trainedFigures.withValidation(evaluation.figures()),
            state.learningRate,
            trained == 0 ? 0 : state.waited / trained);
    if (state.add(result)) {
      keepBest();
    }
    tell(listener -> listener.onEpochEnd(result));
  }

  /** Several workers end only where all of them know it. */
  private boolean stops() {
    if (group.size() > 1) {
      String agreed = steps.stop();
      if (agreed != null) {
        stopped.compareAndSet(null, agreed);
      }
      return agreed != null;
    }
    return stopped.get() != null;
  }

  private BatchPart part() {
    try {
      return BatchPart.of(group.rank(), group.size(), state.plan.recipe().shards());
    } catch (IllegalArgumentException e) {
      group.abort(e.getMessage());
      throw new ModelException(e.getMessage(), e);
    }
  }

  private void tellStep(int epoch, double batchLoss) {
    StepResult result =
        new StepResult(
            epoch,
            state.batch,
            steps.iterations(),
            batchLoss,
            state.score.soFar(),
            state.learningRate,
            steps.gradientNorm(),
            state.score.images());
    // By index: an iterator would be an allocation in each step.
    for (int i = 0; i < listeners.size(); i++) {
      listeners.get(i).onStepEnd(result);
    }
  }

  /** Evaluates with the average of the parameters, where there is one. */
  private Evaluation validate() {
    Evaluation[] result = {null};
    state.withEvaluated(() -> result[0] = validation.evaluate().apply(validation.images()));
    return result[0];
  }

  /**
   * Keeps the parameters that the last epoch was evaluated with, where they may be wanted again.
   */
  private void keepBest() {
    Recipe recipe = state.plan.recipe();
    if (recipe.earlyStopping() == null || !recipe.earlyStopping().restore()) {
      return;
    }
    state.withEvaluated(
        () -> {
          if (state.bestParameters == null) {
            state.bestParameters = network.copyParameters();
          } else {
            state.bestParameters.take();
          }
        });
  }

  /** Makes the result of what was trained. */
  private void finish(ImageDataset train) {
    if (state.average != null) {
      state.average.restore();
      state.average = null;
    }
    if (state.bestParameters != null) {
      state.bestParameters.restore();
      state.bestParameters = null;
    }
    int images = state.plan.recipe().preciseBatchNorm();
    if (images > 0) {
      BatchPart all = BatchPart.of(0, 1, state.plan.recipe().shards());
      try (Batches batches = batches(train, all)) {
        batches.startEpoch(state.epoch, 0);
        new PreciseBatchNorm(network).measure(batches, images, passes, all);
      }
    }
    state.finished = true;
  }

  private Batches batches(ImageDataset train, BatchPart part) {
    RunState.Plan training = state.plan;
    return new Batches(
        train,
        preprocessing,
        augmentation,
        training.batchSize(),
        part,
        /* shuffle= */ true,
        training.seed());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / NANOS_PER_SECOND;
  }

  private void tell(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }
}
