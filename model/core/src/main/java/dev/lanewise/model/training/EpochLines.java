package dev.lanewise.model.training;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Tells of each epoch in one line. */
public final class EpochLines implements TrainingListener {
  private final Consumer<String> out;
  private final IntSupplier columns;
  private int lastEpoch;

  /**
   * Prints line by line.
   *
   * @param out takes a line: {@code System.out::println}
   * @param columns tells at each epoch how many characters a line may take: {@code () -> 80}
   */
  public EpochLines(Consumer<String> out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    lastEpoch = run.plan().lastEpoch();
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    out.accept(epoch.line(lastEpoch, columns.getAsInt()));
  }
}
