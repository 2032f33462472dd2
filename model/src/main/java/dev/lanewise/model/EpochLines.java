package dev.lanewise.model;

import java.util.function.Consumer;

/** Tells of each epoch in one line. */
public final class EpochLines implements TrainingListener {
  private final Consumer<String> out;
  private int lastEpoch;

  /**
   * Prints line by line.
   *
   * @param out takes a line: {@code System.out::println}
   */
  public EpochLines(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void onTrainBegin(TrainingPlan plan) {
    lastEpoch = plan.lastEpoch();
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    out.accept(epoch.line(lastEpoch));
  }
}
