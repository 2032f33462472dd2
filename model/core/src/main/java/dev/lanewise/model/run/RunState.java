package dev.lanewise.model.run;

import dev.lanewise.layer.ParameterCopy;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.training.EarlyStopping;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a training stands between two steps. With the parameters and the optimiser's state this is
 * all that it takes to go on with the same bits.
 */
public final class RunState {
  /**
   * What does not change during a training.
   *
   * @param recipe how it trains
   * @param epochsBefore epochs done before it
   * @param lastEpoch number of its last epoch
   * @param iterationsBefore steps of the optimiser done before it
   * @param images images of an epoch
   * @param batchSize images of a batch
   * @param seed of the orders, and of what augmentation draws
   */
  record Plan(
      Recipe recipe,
      int epochsBefore,
      int lastEpoch,
      long iterationsBefore,
      int images,
      int batchSize,
      long seed) {
    int batchesPerEpoch() {
      return Math.ceilDiv(images, batchSize);
    }

    int stepsPerEpoch() {
      return Math.ceilDiv(batchesPerEpoch(), recipe.accumulate());
    }
  }

  final Plan plan;
  final List<EpochResult> history;

  /** Epochs done. */
  int epoch;

  /** Batches done of the epoch that runs. */
  int batch;

  /** What these batches come to; null until it goes on. */
  Measurement score;

  /** What they came to before it goes on. */
  private Map<String, double[]> measured = Map.of();

  /** Time of these batches. */
  double seconds;

  /** Learning rate of the last step; 0 before the first. */
  double learningRate;

  /** Time in which they waited for images. */
  double waited;

  /** The best figure that is watched. */
  final BestSoFar best = new BestSoFar(0);

  /** The best by the measure of early stopping. */
  final BestSoFar stop;

  /** The best by the measure of a plateau, which waits anew after each reduction. */
  final BestSoFar plateau;

  /** Times that the learning rate was reduced at a plateau. */
  int reductions;

  /** Whether it is over before its last epoch. */
  boolean ended;

  /** Whether the result was made of what was trained. */
  boolean finished;

  /** Moving average of the parameters; null where there is none. */
  ParameterCopy average;

  /** The parameters after the best epoch; null where they are not kept. */
  ParameterCopy bestParameters;

  RunState(Plan plan, List<EpochResult> history) {
    this.plan = plan;
    this.history = new ArrayList<>(history);
    this.epoch = plan.epochsBefore();
    this.stop = new BestSoFar(epoch);
    this.plateau = new BestSoFar(epoch);
  }

  /**
   * Checks numbers that come from a file.
   *
   * @throws IllegalArgumentException where they do not go together
   */
  void requireSense() {
    boolean sense =
        plan.images() > 0
            && plan.batchSize() > 0
            && plan.epochsBefore() >= 0
            && plan.lastEpoch() >= epoch
            && epoch >= plan.epochsBefore()
            && batch >= 0
            && batch <= plan.batchesPerEpoch();
    if (!sense) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch %d of epoch %d of %d, with %d images in batches of %d",
              batch,
              epoch + 1,
              plan.lastEpoch(),
              plan.images(),
              plan.batchSize()));
    }
  }

  /**
   * Begins to measure, or goes on with it.
   *
   * @throws dev.lanewise.model.error.ModelException where a figure goes with other targets
   */
  void measure(Loss loss, List<Metric> metrics, ImageDataset train) {
    Map<String, double[]> before = measured();
    score = new Measurement(loss, metrics, train);
    score.restore(before);
  }

  /** Returns what the batches of the epoch that runs came to, to go on from. */
  Map<String, double[]> measured() {
    return score == null ? measured : score.state();
  }

  /** Takes over what batches came to before. */
  void setMeasured(Map<String, double[]> measured) {
    this.measured = measured;
  }

  /** Returns whether no epoch is left to do. */
  boolean isOver() {
    return ended || epoch >= plan.lastEpoch();
  }

  /** Returns whether nothing is left to do. */
  boolean isDone() {
    return isOver() && (finished || !makesResult());
  }

  /** Returns whether the result is other than what the last epoch leaves. */
  private boolean makesResult() {
    Recipe recipe = plan.recipe();
    boolean restores = recipe.earlyStopping() != null && recipe.earlyStopping().restore();
    return recipe.averaging() > 0 || restores || recipe.preciseBatchNorm() > 0;
  }

  History history() {
    return new History(history);
  }

  /** Returns the epochs of this training alone. */
  History ownHistory() {
    return new History(
        history.stream().filter(epoch -> epoch.epoch() > plan.epochsBefore()).toList());
  }

  /** Returns what is left to do. */
  TrainingPlan left() {
    return new TrainingPlan(
        epoch + 1,
        isOver() ? epoch : plan.lastEpoch(),
        batch,
        plan.batchesPerEpoch(),
        plan.images(),
        plan.batchSize(),
        plan.seed());
  }

  /** Returns where the next step lies on the schedule. */
  Schedule.Position position(long iterations) {
    int epochs = plan.lastEpoch() - plan.epochsBefore();
    return new Schedule.Position(
        iterations - plan.iterationsBefore(),
        (long) epochs * plan.stepsPerEpoch(),
        plan.stepsPerEpoch(),
        reductions);
  }

  /**
   * Takes an epoch down, and says whether it is the best so far.
   *
   * @return whether it is
   */
  boolean add(EpochResult result) {
    Recipe recipe = plan.recipe();
    history.add(result);
    epoch = result.epoch();
    batch = 0;
    seconds = 0;
    waited = 0;
    score.clear();
    Watch watch = recipe.watch().in(result);
    double figure = watch.of(result);
    if (recipe.schedule() instanceof Schedule.Plateau rule
        && !plateau.take(watch, figure, rule.delta(), epoch)
        && epoch - plateau.epoch >= rule.patience()) {
      reductions++;
      plateau.epoch = epoch;
    }
    EarlyStopping stopping = recipe.earlyStopping();
    if (stopping != null) {
      stop.take(watch, figure, stopping.delta(), epoch);
      ended = epoch - stop.epoch >= stopping.patience();
    }
    return best.take(watch, figure, 0, epoch);
  }

  /** Does something while the network has the average of its parameters, where there is one. */
  void withEvaluated(Runnable action) {
    if (average == null) {
      action.run();
      return;
    }
    average.exchange();
    try {
      action.run();
    } finally {
      average.exchange();
    }
  }
}
