package dev.lanewise.model.report;

import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Trainings that only tell of themselves. */
final class Runs {
  private Runs() {}

  /** A training of two batches an epoch that stands after some epochs and batches. */
  static TrainingRun at(int batchesDone, EpochResult... epochs) {
    return at(Recipe.PLAIN.withLabelSmoothing(0.125), batchesDone, epochs);
  }

  /** A training that begins, by a recipe. */
  static TrainingRun with(Recipe recipe) {
    return at(recipe, 0);
  }

  private static TrainingRun at(Recipe recipe, int batchesDone, EpochResult... epochs) {
    return new TrainingRun() {
      @Override
      public TrainingPlan plan() {
        return new TrainingPlan(epochs.length + 1, 9, batchesDone, 2, 60, 30, 7);
      }

      @Override
      public Recipe recipe() {
        return recipe;
      }

      @Override
      public History history() {
        return new History(List.of(epochs));
      }

      @Override
      public void stop(String reason) {}

      @Override
      public void saved(Path file) {}

      @Override
      public Optional<String> stopped() {
        return Optional.empty();
      }
    };
  }

  static EpochResult epoch(int epoch) {
    Figures figures = new Figures(List.of("loss", "accuracy"), 1.0 / epoch, 0.25);
    return new EpochResult(epoch, 12.5, 361.4, figures, 1e-3, 0.125);
  }

  static StepResult step(int epoch, int batch) {
    long iteration = 2L * (epoch - 1) + batch;
    Figures figures = new Figures(List.of("loss", "accuracy"), 1.25, 0.5);
    return new StepResult(epoch, batch, iteration, 1.5, figures, 1e-3, Double.NaN, 30 * batch);
  }
}
