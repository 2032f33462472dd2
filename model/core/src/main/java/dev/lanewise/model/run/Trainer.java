package dev.lanewise.model.run;

import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Runs the epochs of one training. */
public final class Trainer {
  /** Images of the warm-up: enough for kernels to be compiled, a fraction of a usual batch. */
  private static final int WARM_UP = 4;

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final PassCache passes;
  private final Preprocessing preprocessing;
  private final Optimizer optimizer;
  private final Loss loss;
  private final boolean accuracy;
  private final FitOptions options;
  private final Function<ImageDataset, Evaluation> evaluate;

  /**
   * Prepares a training.
   *
   * @param passes the model's
   * @param accuracy whether accuracy is measured
   * @param evaluate evaluates the validation images
   */
  public Trainer(
      PassCache passes,
      Preprocessing preprocessing,
      Optimizer optimizer,
      Loss loss,
      boolean accuracy,
      FitOptions options,
      Function<ImageDataset, Evaluation> evaluate) {
    this.passes = passes;
    this.preprocessing = preprocessing;
    this.optimizer = optimizer;
    this.loss = loss;
    this.accuracy = accuracy;
    this.options = options;
    this.evaluate = evaluate;
  }

  /**
   * Trains.
   *
   * @param epochsBefore epochs done before
   * @param seed seed of shuffling
   * @param epochDone is told the number of epochs done after each, before listeners hear of it
   */
  public History run(ImageDataset train, int epochsBefore, long seed, IntConsumer epochDone) {
    int last = epochsBefore + options.epochs();
    double ownRate = optimizer.learningRate();
    // Weights change between two validations: what these make of them would not be used again.
    passes.keepTransformedWeights(false);
    try (Batches batches = new Batches(train, preprocessing, options.batchSize(), true, seed)) {
      TrainingPlan plan =
          new TrainingPlan(
              epochsBefore + 1, last, batches.batchesPerEpoch(), train.size(), options.batchSize());
      tell(listener -> listener.onTrainBegin(plan));
      if (options.batchSize() > WARM_UP) {
        passes.training(WARM_UP).warmUp();
      }
      List<EpochResult> results = new ArrayList<>();
      for (int epoch = epochsBefore + 1; epoch <= last; epoch++) {
        EpochResult result = epoch(batches, epoch);
        results.add(result);
        epochDone.accept(epoch);
        tell(listener -> listener.onEpochEnd(result));
      }
      History history = new History(results);
      tell(listener -> listener.onTrainEnd(history));
      return history;
    } catch (RuntimeException | Error e) {
      try {
        tell(listener -> listener.onTrainFailed(e));
      } catch (RuntimeException further) {
        e.addSuppressed(further);
      }
      throw e;
    } finally {
      // A schedule is over with its training: what is saved is the optimiser's own rate.
      optimizer.setLearningRate(ownRate);
      passes.keepTransformedWeights(true);
    }
  }

  private EpochResult epoch(Batches batches, int epoch) {
    long start = System.nanoTime();
    tell(listener -> listener.onEpochBegin(epoch));
    // The order of epoch k depends on the seed and k alone, so a continued training sees the same.
    batches.startEpoch(epoch - 1);
    Score score = new Score(loss);
    int step = 0;
    for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
      step++;
      if (options.schedule() != null) {
        optimizer.setLearningRate(options.schedule().at(optimizer.iterations(), epoch - 1));
      }
      TrainingPass pass = passes.training(batch.size());
      double batchLoss = step(pass, batch, score);
      if (!Double.isFinite(batchLoss)) {
        throw new NonFiniteLossException(
            batchLoss, epoch, step, batches.batchesPerEpoch(), optimizer.learningRate());
      }
      pass.update(optimizer);
      for (TrainingListener listener : options.listeners()) {
        listener.onBatchEnd(step, score.meanLoss(), measured(score.accuracy()));
      }
    }
    double stepMillis = (System.nanoTime() - start) / NANOS_PER_MILLI / step;
    Evaluation validation =
        options.validation() == null ? null : evaluate.apply(options.validation());
    return new EpochResult(
        epoch,
        (System.nanoTime() - start) / NANOS_PER_SECOND,
        stepMillis,
        score.meanLoss(),
        measured(score.accuracy()),
        validation == null ? Double.NaN : validation.loss(),
        validation == null ? Double.NaN : measured(validation.accuracy()));
  }

  private static double step(TrainingPass pass, Batch batch, Score score) {
    Tensor input = pass.input();
    System.arraycopy(batch.images(), 0, input.data(), input.offset(), input.shape().size());
    double batchLoss = pass.forwardBackward(batch.labels());
    score.add(batchLoss, pass.probabilities(), batch.labels());
    return batchLoss;
  }

  private double measured(double value) {
    return accuracy ? value : Double.NaN;
  }

  private void tell(Consumer<TrainingListener> event) {
    options.listeners().forEach(event);
  }
}
