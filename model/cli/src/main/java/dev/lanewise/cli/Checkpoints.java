package dev.lanewise.cli;

import dev.lanewise.model.EpochResult;
import dev.lanewise.model.Model;
import dev.lanewise.model.TrainingListener;
import java.nio.file.Path;

/** Saves a model after epochs, once a minute, so that a training that is stopped is not lost. */
final class Checkpoints implements TrainingListener {
  private static final long INTERVAL_NANOS = 60_000_000_000L;

  private final Model model;
  private final Path file;
  private long last = System.nanoTime();

  Checkpoints(Model model, Path file) {
    this.model = model;
    this.file = file;
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    if (System.nanoTime() - last > INTERVAL_NANOS) {
      model.save(file);
      last = System.nanoTime();
    }
  }
}
