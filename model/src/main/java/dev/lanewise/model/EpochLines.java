package dev.lanewise.model;

import java.io.PrintStream;

/** Prints one line per epoch. */
public final class EpochLines implements TrainingListener {
  private final PrintStream out;
  private int lastEpoch;

  /** Prints to a stream. */
  public EpochLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onTrainBegin(TrainingPlan plan) {
    lastEpoch = plan.lastEpoch();
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    out.println(epoch.line(lastEpoch));
  }
}
