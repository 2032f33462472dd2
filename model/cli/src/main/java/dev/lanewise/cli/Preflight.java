package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
   * @throws ModelException where it cannot fit the heap
   */
  static Preflight of(Model model, DatasetPair pair, FitOptions options) {
    TrainingPlan plan =
        options == null ? model.unfinished().orElseThrow() : plan(model, pair, options);
    Recipe recipe = options == null ? model.recipe() : options.recipe();
    int step = Math.min(plan.batchSize(), plan.images());
    Machine machine = Machine.here();
    TrainingMemory memory = TrainingMemory.of(model, model.optimizer(), recipe, step, pair);
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

  /**
   * Returns what the user should know, and what does not keep the training from beginning.
   *
   * @param saveFile where the model goes
   */
  List<String> warnings(Path saveFile) {
    List<String> warnings = new ArrayList<>(machine.warnings());
    memory.lack(machine).ifPresent(warnings::add);
    SmallInput.warning(model.network()).ifPresent(warnings::add);
    SaveSpace.lack(model, saveFile)
        .ifPresent(lack -> warnings.add(lack + "; the training begins all the same"));
    return warnings;
  }
}
