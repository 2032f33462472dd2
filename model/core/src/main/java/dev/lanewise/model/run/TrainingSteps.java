package dev.lanewise.model.run;

import dev.lanewise.exchange.ExchangeException;
import dev.lanewise.exchange.WorkerGroup;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.BatchPart;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.random.SplitMix;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Measurement;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.network.Network;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.train.Gradients;
import dev.lanewise.train.Optimizer;
import java.util.Arrays;

/** Steps of an optimiser by a recipe, each over one batch or several. */
final class TrainingSteps {
  /** Steps between two of the moving average, which would else cost a tenth of a step. */
  private static final int AVERAGE_EVERY = 4;

  private final Network network;
  private final Optimizer optimizer;

  /** Stream of a seed's random numbers, apart from those of orders, splits and other draws. */
  private static final int OF_DROPOUT = 4;

  private final SplitMix random = new SplitMix(0);
  private final RunState state;
  private final Recipe recipe;
  private final Targets targets;
  private final StochasticDepth depth;
  private final ShardedPass passes;
  private final ShardedPass.Draws draws = this::prepare;
  private final Gradients gradients = new Gradients();

  /** Gradients of the batches of a step so far; null where one batch makes a step. */
  private final float[] sum;

  private double gradientNorm = Double.NaN;

  TrainingSteps(
      Network network,
      PassCache passes,
      Optimizer optimizer,
      Loss loss,
      RunState state,
      WorkerGroup group,
      BatchPart part,
      ImageDataset train) {
    this.network = network;
    this.optimizer = optimizer;
    this.state = state;
    this.recipe = state.plan.recipe();
    this.passes = new ShardedPass(network, passes, loss, group, part, recipe.syncBatchNorm());
    this.targets = new Targets(recipe, train);
    this.depth = new StochasticDepth(recipe.stochasticDepth(), state.plan.seed(), network);
    this.sum = recipe.accumulate() > 1 ? network.newParameterArray() : null;
    if (!Double.isNaN(recipe.batchNormMomentum())) {
      network.setBatchNormMomentum(recipe.batchNormMomentum());
    }
    if (recipe.averaging() > 0 && state.average == null) {
      state.average = network.copyParameters();
    }
  }

  /** Returns the norm of the gradients of the last step; NaN where it was not asked for. */
  double gradientNorm() {
    return gradientNorm;
  }

  /** Returns why all workers end now; null where none has asked for it. */
  String stop() {
    return passes.stop();
  }

  long iterations() {
    return optimizer.iterations();
  }

  /**
   * Does the forward and the backward pass of a batch. One whose loss is not finite leaves no
   * trace: neither in the score nor in the moving statistics.
   *
   * @param batch this process's part of it
   * @param score is told of it
   * @param stop why this worker asks for an end; null where it does not
   * @return mean loss of the batch
   * @throws ExchangeException where the other workers cannot go on; the moving statistics are then
   *     those of before
   */
  double add(Batch batch, Measurement score, String stop) {
    state.learningRate =
        optimizer.learningRate() * recipe.schedule().factor(state.position(optimizer.iterations()));
    RunState.Plan plan = state.plan;
    int images =
        (int) Math.min(plan.images() - (long) state.batch * plan.batchSize(), plan.batchSize());
    double divisor = imagesOfStep();
    double loss;
    try {
      loss = passes.run(batch, images, targets.of(batch), divisor, draws, stop);
    } catch (ExchangeException e) {
      passes.undo();
      throw e;
    }
    double mean = divisor == images ? loss : loss * divisor / images;
    if (!Double.isFinite(mean)) {
      passes.undo();
      return mean;
    }
    score.add(mean, images, passes.outputs(), 0, passes.targets());
    if (sum != null) {
      gradients.add(passes.gradients(), sum, network.trainedRanges(), network.pool());
    }
    return mean;
  }

  /** Draws for a shard of the batch: branches for all shards alike, dropouts for each its own. */
  private void prepare(TrainingPass pass, int shard) {
    depth.apply(pass, state.epoch, state.batch);
    random.restart(state.plan.seed(), OF_DROPOUT, state.epoch);
    random.restart(random.nextLong(), 0, state.batch);
    for (int i = 0; i < shard; i++) {
      random.nextLong();
    }
    pass.setDropoutSeed(random.nextLong());
  }

  /** Returns the number of images of the step to which the present batch belongs. */
  private int imagesOfStep() {
    RunState.Plan plan = state.plan;
    int first = state.batch - state.batch % recipe.accumulate();
    long from = (long) first * plan.batchSize();
    return (int) Math.min(plan.images() - from, (long) recipe.accumulate() * plan.batchSize());
  }

  /** Makes the optimiser's step where the batches so far complete one; returns whether they do. */
  boolean stepIfComplete() {
    if (state.batch % recipe.accumulate() != 0 && state.batch < state.plan.batchesPerEpoch()) {
      return false;
    }
    float[] all = sum == null ? passes.gradients() : sum;
    if (recipe.clipNorm() > 0) {
      gradientNorm = gradients.norm(all, network.gradientRanges(), network.pool());
      if (gradientNorm > recipe.clipNorm()) {
        double factor = recipe.clipNorm() / gradientNorm;
        gradients.scale(all, network.trainedRanges(), factor, network.pool());
      }
    }
    double ownRate = optimizer.learningRate();
    optimizer.setLearningRate(state.learningRate);
    try {
      network.update(optimizer, all);
    } finally {
      // What is saved between two steps is the optimiser's own rate.
      optimizer.setLearningRate(ownRate);
    }
    if (sum != null) {
      Arrays.fill(sum, 0);
    }
    if (state.average != null && steps() % AVERAGE_EVERY == 0) {
      state.average.approach(1 - averaging());
    }
    return true;
  }

  /** Returns the number of steps of this training. */
  private long steps() {
    return optimizer.iterations() - state.plan.iterationsBefore();
  }

  /** Returns how much of the average is kept: less at first, when it is of few steps. */
  private double averaging() {
    double steps = steps();
    double decay = Math.min(recipe.averaging(), (1 + steps) / (10 + steps));
    return StrictMath.pow(decay, AVERAGE_EVERY);
  }
}
