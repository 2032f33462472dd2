package dev.lanewise.cli;

import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.TrainingListener;

/** Saves a model after epochs, once a minute, so that a training that is stopped is not lost. */
final class Checkpoints implements TrainingListener {
  private static final long INTERVAL_NANOS = 60_000_000_000L;

  private final ModelSaver saver;
  private long last = System.nanoTime();

  Checkpoints(ModelSaver saver) {
    this.saver = saver;
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    if (System.nanoTime() - last > INTERVAL_NANOS) {
      saver.save();
      last = System.nanoTime();
    }
  }
}
