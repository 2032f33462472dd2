package dev.lanewise.model.run;

import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedSlot;
import dev.lanewise.formats.saved.SavedTraining;
import dev.lanewise.layer.ParameterCopy;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.network.Network;
import dev.lanewise.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** How a model is trained, and how far it has come. */
public final class TrainingState {
  private static final int DEFAULT_BATCH = 32;

  /** Attribute of a model file. */
  private static final String RUN = "training_run";

  /** Names of further sets of parameters in a model file. */
  private static final String AVERAGE = "average";

  private static final String BEST = "best";

  /** Null where it is that of a file, and not found here. */
  private Loss loss;

  private List<Metric> metrics;

  /** Names of both, those that are not found here included. */
  private String lossName;

  private List<String> metricNames;

  /** Null where there is none. */
  public Optimizer optimizer;

  /** What the training in the file that was loaded lacks here; null for nothing. */
  private Awaited awaited;

  /** Seed of the shuffling. */
  public long seed;

  /** Images of a step. */
  public int batchSize = DEFAULT_BATCH;

  /** Epochs done before {@link #run}. */
  private int epochsBefore;

  /** The training that was begun last; null before the first. */
  private RunState run;

  /** Starts with what is usual behind a network's head. */
  public TrainingState(Network network) {
    TargetKind kind = TargetKind.behind(network.head());
    setMeasures(Loss.usual(kind), List.of(Metric.usual(kind)));
  }

  /**
   * Says how to train. What is awaited goes on with the training and its state.
   *
   * @throws ModelException where a name is another's, loss or metrics do not go with the network,
   *     or a state does not fit; nothing has changed then
   */
  public void compile(Network network, Optimizer optimizer, Loss loss, List<Metric> metrics) {
    Optimizers.requireOwnName(optimizer);
    Measures.require(network.head(), loss, metrics);
    boolean goesOn =
        awaited != null
            && awaited.optimizer().name().equals(optimizer.name())
            && awaited.loss().equals(loss.name());
    if (goesOn) {
      Snapshots.restoreOptimizer(network, optimizer, awaited.optimizer(), awaited.from());
    } else if (run != null) {
      run.ended = true;
      run.finished = true;
    }
    awaited = null;
    this.optimizer = optimizer;
    setMeasures(loss, metrics);
  }

  private void setMeasures(Loss loss, List<Metric> metrics) {
    this.loss = loss;
    this.metrics = metrics;
    lossName = loss.name();
    metricNames = metrics.stream().map(Metric::name).toList();
  }

  /**
   * Returns what training minimises.
   *
   * @throws ModelException where it is that of a file, and not found here
   */
  public Loss loss() {
    if (loss == null) {
      throw new ModelException(
          "the model was trained with the loss '" + lossName + "', which is not found here");
    }
    return loss;
  }

  public List<Metric> metrics() {
    return metrics;
  }

  /** Returns the name of the optimiser that the loaded file holds and that only a user has. */
  public Optional<String> awaitedOptimizer() {
    return Optional.ofNullable(awaited)
        .filter(Awaited::ownOptimizer)
        .map(own -> own.optimizer().name());
  }

  /** Returns what of a user's own has to be given for the loaded training to go on. */
  public Optional<String> awaited() {
    return Optional.ofNullable(awaited).map(Awaited::text);
  }

  /** Returns the optimiser with its state, as a file holds it; null where there is none. */
  public SavedOptimizer savedOptimizer(Network network) {
    if (optimizer == null) {
      return awaited == null ? null : awaited.optimizer();
    }
    return Snapshots.optimizer(network, optimizer);
  }

  public SavedTraining saved() {
    return new SavedTraining(lossName, metricNames, epochs(), batchSize, seed);
  }

  /** Returns the number of epochs done. */
  public int epochs() {
    return run == null ? epochsBefore : run.epoch;
  }

  /** Returns the epochs done, as far as they are known. */
  public History history() {
    return run == null ? new History(List.of()) : run.history();
  }

  /** Returns what is left of a training that was stopped; empty where there is none. */
  public Optional<TrainingPlan> unfinished() {
    return run == null || run.isDone() ? Optional.empty() : Optional.of(run.left());
  }

  /** Returns how the training that was begun last trains; the plain recipe before the first. */
  public Recipe recipe() {
    return run == null ? Recipe.PLAIN : run.plan.recipe();
  }

  /**
   * Checks that images can be trained on by a recipe.
   *
   * @throws ModelException where they cannot, or the recipe watches what is not measured
   */
  public void requireTrainable(Recipe recipe, ImageDataset train) {
    Measurement.requireMeasured("watch", recipe.watch(), metrics);
    new Targets(recipe, train);
  }

  /**
   * Begins a training over a number of images.
   *
   * @throws ModelException as {@link #requireTrainable}; nothing has changed then
   */
  public void begin(FitOptions options, ImageDataset train) {
    requireTrainable(options.recipe(), train);
    seed = options.seed().orElse(seed);
    batchSize = options.batchSize();
    RunState.Plan plan =
        new RunState.Plan(
            options.recipe(),
            epochs(),
            epochs() + options.epochs(),
            optimizer.iterations(),
            train.size(),
            batchSize,
            seed);
    run = new RunState(plan, history().epochs());
  }

  /**
   * Checks that a training can go on.
   *
   * @throws ModelException where there is none, or it was over other images
   */
  public void requireUnfinished(ImageDataset train) {
    if (unfinished().isEmpty()) {
      throw new ModelException("there is no training to go on with: the last one is done");
    }
    if (train.size() != run.plan.images()) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "the training goes on over the images that it began with, %d of them, got %d: %s",
              run.plan.images(),
              train.size(),
              train.description()));
    }
  }

  /**
   * Returns what runs the training that was begun last.
   *
   * @param validation images to evaluate after each epoch; null for none
   * @param evaluate evaluates them
   * @param group the workers that train together, of which this is one
   */
  public Trainer trainer(
      Network network,
      PassCache passes,
      Preprocessing preprocessing,
      ImageDataset validation,
      Function<ImageDataset, Evaluation> evaluate,
      WorkerGroup group,
      List<TrainingListener> listeners) {
    Trainer.Validation after = new Trainer.Validation(validation, evaluate);
    return new Trainer(
        network, passes, preprocessing, optimizer, loss, metrics, run, after, group, listeners);
  }

  /** Does something while the network has the parameters that it is evaluated with. */
  public void withEvaluated(Runnable action) {
    if (run == null) {
      action.run();
    } else {
      run.withEvaluated(action);
    }
  }

  /** Adds what a model file keeps of the training that was begun last. */
  public void save(Map<String, String> attributes) {
    if (run != null) {
      attributes.put(RUN, RunText.write(run));
    }
  }

  /** Returns the further sets of parameters that go on with the training, as a file holds them. */
  public List<SavedSlot> savedCopies(Network network) {
    List<SavedSlot> copies = new ArrayList<>();
    if (run != null && run.average != null) {
      copies.add(Snapshots.copy(AVERAGE, network, run.average));
    }
    if (run != null && run.bestParameters != null) {
      copies.add(Snapshots.copy(BEST, network, run.bestParameters));
    }
    return copies;
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
      epochsBefore = training.epochs();
      lossName = training.loss();
      metricNames = training.metrics();
      loss = Measures.loss(lossName);
      metrics = Measures.metrics(metricNames);
    }
    if (saved.optimizer() != null) {
      Optimizer made =
          Optimizers.create(saved.optimizer().name(), saved.optimizer().config(), from);
      List<String> missing = Measures.missing(lossName, metricNames);
      if (made == null || !missing.isEmpty()) {
        SavedOptimizer kept = saved.optimizer().fetched();
        awaited = new Awaited(kept, made == null, lossName, missing, from);
      } else {
        Snapshots.restoreOptimizer(network, made, saved.optimizer(), from);
        optimizer = made;
      }
      String text = saved.attributes().get(RUN);
      if (text != null) {
        run = RunText.read(text, from);
        run.average = restoreCopy(AVERAGE, saved, network, from);
        run.bestParameters = restoreCopy(BEST, saved, network, from);
      }
    }
  }

  private static ParameterCopy restoreCopy(
      String name, SavedModel saved, Network network, String from) {
    for (SavedSlot copy : saved.copies()) {
      if (copy.name().equals(name)) {
        return Snapshots.restoreCopy(copy, network, from);
      }
    }
    return null;
  }
}
