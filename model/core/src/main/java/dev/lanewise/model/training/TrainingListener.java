package dev.lanewise.model.training;

/** Hears of training's progress, on the thread that trains. */
public interface TrainingListener {
  /**
   * Training begins.
   *
   * @param plan what will be done
   */
  default void onTrainBegin(TrainingPlan plan) {}

  /**
   * An epoch begins.
   *
   * @param epoch its number, from 1
   */
  default void onEpochBegin(int epoch) {}

  /**
   * A step is done.
   *
   * @param step its number within the epoch, from 1
   * @param loss mean over the epoch's images so far
   * @param accuracy share of the epoch's images so far; NaN where it is not measured
   */
  default void onBatchEnd(int step, double loss, double accuracy) {}

  /**
   * An epoch is done, its validation included.
   *
   * @param epoch its number, times, loss and accuracy
   */
  default void onEpochEnd(EpochResult epoch) {}

  /**
   * All epochs are done.
   *
   * @param history the epochs of this training, in order
   */
  default void onTrainEnd(History history) {}

  /**
   * Training stops before its end; the failure is thrown once all listeners have heard.
   *
   * @param failure what the training or a listener threw
   */
  default void onTrainFailed(Throwable failure) {}
}
