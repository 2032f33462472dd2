package dev.lanewise.model.training;

import java.nio.file.Path;
import java.util.Optional;

/** A training that runs, for those who listen to it. */
public interface TrainingRun {
  /** {@return what the training will do} */
  TrainingPlan plan();

  /** {@return by what recipe it trains} */
  Recipe recipe();

  /** {@return the epochs done, those before the model was saved and loaded included} */
  History history();

  /**
   * Asks the training to end after the step that runs, in a state from which it can be resumed with
   * the same bits. Any thread may call it; only the first reason counts.
   *
   * @param reason for the user: {@code "Ctrl-C"}
   */
  void stop(String reason);

  /**
   * Tells the listeners that the model was saved; called on the thread that trains.
   *
   * @param file where it is
   */
  void saved(Path file);

  /** {@return why it was asked to stop; empty where it was not} */
  Optional<String> stopped();
}
