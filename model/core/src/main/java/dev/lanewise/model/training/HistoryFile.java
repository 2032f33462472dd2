package dev.lanewise.model.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the history so far after each epoch, so that a training that is stopped leaves it. */
public final class HistoryFile implements TrainingListener {
  private final Path file;
  private final List<EpochResult> epochs = new ArrayList<>();

  /**
   * Writes to a file, which is replaced.
   *
   * @param file where the history goes, as {@link History#writeJson} writes it
   */
  public HistoryFile(Path file) {
    this.file = file;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    epochs.clear();
    epochs.addAll(run.history().epochs());
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    epochs.add(epoch);
    new History(epochs).writeJson(file);
  }
}
