package dev.lanewise.model.training;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A listener whose failures are told, and do not end the training: what is lost is a record of it.
 * The same failure in a row is told once, as a full disk would else be told at every step.
 */
public final class Unfailing implements TrainingListener {
  private final TrainingListener listener;
  private final Consumer<String> warnings;
  private String told;

  /**
   * Wraps a listener.
   *
   * @param listener hears of all that this hears of
   * @param warnings takes one line for each failure of the listener
   */
  public Unfailing(TrainingListener listener, Consumer<String> warnings) {
    this.listener = listener;
    this.warnings = warnings;
  }

  private void attempt(Runnable event) {
    try {
      event.run();
    } catch (ModelFileException | ModelException | DataException e) {
      if (!e.getMessage().equals(told)) {
        told = e.getMessage();
        warnings.accept(told + "; the training goes on");
      }
    }
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    attempt(() -> listener.onTrainBegin(run));
  }

  @Override
  public void onEpochBegin(int epoch) {
    attempt(() -> listener.onEpochBegin(epoch));
  }

  @Override
  public void onStepEnd(StepResult step) {
    attempt(() -> listener.onStepEnd(step));
  }

  @Override
  public void onValidationEnd(int epoch, Evaluation evaluation) {
    attempt(() -> listener.onValidationEnd(epoch, evaluation));
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    attempt(() -> listener.onEpochEnd(epoch));
  }

  @Override
  public void onCheckpoint(Path file) {
    attempt(() -> listener.onCheckpoint(file));
  }

  @Override
  public void onTrainEnd(History history) {
    attempt(() -> listener.onTrainEnd(history));
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    attempt(() -> listener.onTrainFailed(failure));
  }
}
