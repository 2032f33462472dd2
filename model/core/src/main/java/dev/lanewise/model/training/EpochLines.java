package dev.lanewise.model.training;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Tells of each epoch in one line, whose form is that of the training's first. */
public final class EpochLines implements TrainingListener {
  /** What a later line may take more: a digit of its time or its losses. */
  private static final int SPARE = 1;

  private final Consumer<String> out;
  private final IntSupplier columns;
  private int lastEpoch;

  /** Which form of a line; negative before the first. */
  private int form;

  /**
   * Prints line by line.
   *
   * @param out takes a line: {@code System.out::println}
   * @param columns tells at the first epoch how many characters a line may take: {@code () -> 80}
   */
  public EpochLines(Consumer<String> out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    lastEpoch = run.plan().lastEpoch();
    form = -1;
  }

  @Override
  public void onEpochEnd(EpochResult epoch) {
    List<String> lines = epoch.lines(lastEpoch);
    if (form < 0) {
      int room = columns.getAsInt() - SPARE;
      form = lines.size() - 1;
      while (form > 0 && lines.get(form - 1).length() <= room) {
        form--;
      }
    }
    out.accept(lines.get(form));
  }
}
