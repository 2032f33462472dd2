package dev.lanewise.model.training;

import java.nio.file.Path;

/**
 * Hears of a training's progress, on the thread that trains. Between two events the model may be
 * saved: what is saved goes on, when it is resumed, as if the training had never stopped.
 */
public interface TrainingListener {
  /**
   * Training begins.
   *
   * @param run the training, which a listener may keep, to stop it
   */
  default void onTrainBegin(TrainingRun run) {}

  /**
   * An epoch begins, or goes on where it was stopped.
   *
   * @param epoch its number, from 1
   */
  default void onEpochBegin(int epoch) {}

  /**
   * A batch is done, and where its gradients do not wait for those of others, the step.
   *
   * @param step what it came to
   */
  default void onStepEnd(StepResult step) {}

  /**
   * The validation images are evaluated.
   *
   * @param epoch the epoch after which that happens
   * @param evaluation loss and metrics
   */
  default void onValidationEnd(int epoch, Evaluation evaluation) {}

  /**
   * An epoch is done, its validation included.
   *
   * @param epoch what it came to
   */
  default void onEpochEnd(EpochResult epoch) {}

  /**
   * The model was saved during the training.
   *
   * @param file where it is
   */
  default void onCheckpoint(Path file) {}

  /**
   * Training is over: all epochs are done, or it was stopped.
   *
   * @param history the epochs, those before the model was saved and loaded included
   */
  default void onTrainEnd(History history) {}

  /**
   * Training stops before its end; the failure is thrown once all listeners have heard.
   *
   * @param failure what it fails by
   */
  default void onTrainFailed(Throwable failure) {}
}
