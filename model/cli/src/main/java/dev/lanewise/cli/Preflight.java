package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.Watch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a training before its first step.
 *
 * @param model trains
 * @param pair the images
 * @param plan what is left to do
 * @param recipe how it trains
 * @param machine what it runs on
 * @param memory what it takes of it
 */
record Preflight(
    Model model,
    DatasetPair pair,
    TrainingPlan plan,
    Recipe recipe,
    Machine machine,
    TrainingMemory memory) {
  /**
   * Looks at a training.
   *
   * @param options how it trains; null for one that was stopped and goes on
   * @param workers that share its batches
   * @throws ModelException where it cannot fit the heap
   */
  static Preflight of(Model model, DatasetPair pair, FitOptions options, int workers) {
    TrainingPlan plan =
        options == null ? model.unfinished().orElseThrow() : plan(model, pair, options);
    Recipe recipe = options == null ? model.recipe() : options.recipe();
    int step = Math.min(plan.batchSize(), plan.images());
    Machine machine = Machine.here();
    TrainingMemory memory =
        TrainingMemory.of(model, model.optimizer(), recipe, step, workers, pair);
    memory.requireHeap(new InputSize(model.height(), model.width()), step, machine);
    return new Preflight(model, pair, plan, recipe, machine, memory);
  }

  private static TrainingPlan plan(Model model, DatasetPair pair, FitOptions options) {
    int images = pair.train().size();
    return new TrainingPlan(
        model.epochsDone() + 1,
        model.epochsDone() + options.epochs(),
        0,
        Math.ceilDiv(images, options.batchSize()),
        images,
        options.batchSize(),
        options.seed().orElse(model.seed()));
  }

  /** Tells where what is to be watched is not there, and another figure is watched for it. */
  private Optional<String> watchWarning() {
    String watched = recipe.watch().name();
    String plain = Figures.plainName(watched);
    boolean matters =
        recipe.earlyStopping() != null
            || recipe.schedule() instanceof Schedule.Plateau
            || !recipe.watch().equals(Watch.VAL_LOSS);
    return pair.test() == null && matters && !plain.equals(watched)
        ? Optional.of(
            "there are no test images to measure "
                + watched
                + " on, so "
                + plain
                + " of the training images is watched in its place")
        : Optional.empty();
  }

  /** Tells where a batch is of fewer images than it was to be. */
  static Optional<String> largeBatch(int batch, int images) {
    return batch > images
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "a batch of %d images is more than the %d to train on: each step is over these",
                batch,
                images))
        : Optional.empty();
  }

  /** Tells where a step is over fewer images than it was to be. */
  private Optional<String> stepWarning() {
    Optional<String> large = largeBatch(plan.batchSize(), plan.images());
    if (large.isPresent()) {
      return large;
    }
    return recipe.accumulate() > plan.batchesPerEpoch()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "--accumulate %d is more than the %d batches of an epoch: each step is over these",
                recipe.accumulate(),
                plan.batchesPerEpoch()))
        : Optional.empty();
  }

  /**
   * Returns what the user should know, and what does not keep the training from beginning.
   *
   * @param saveFile where the model goes; null for nowhere
   */
  List<String> warnings(Path saveFile) {
    List<String> warnings = new ArrayList<>(machine.warnings());
    memory.lack(machine).ifPresent(warnings::add);
    watchWarning().ifPresent(warnings::add);
    stepWarning().ifPresent(warnings::add);
    SmallInput.warning(model.network()).ifPresent(warnings::add);
    if (saveFile != null) {
      SaveSpace.lack(model, saveFile)
          .ifPresent(lack -> warnings.add(lack + "; the training begins all the same"));
    }
    return warnings;
  }
}
