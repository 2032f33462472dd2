package dev.lanewise.cli;

import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;

/** Shows a progress bar during each epoch, on one line that is cleared at the epoch's end. */
final class ProgressBars implements TrainingListener {
  private static final double NANOS_PER_SECOND = 1e9;

  /** A bar that is asked for in a file or a pipe, which takes lines of any length. */
  private static final int MOST_COLUMNS = 200;

  /** The loss and one metric: a line has no room for more. */
  private static final int MOST_FIGURES = 2;

  private final PrintWriter out;
  private final IntSupplier columns;
  private TrainingPlan plan;

  /** When the epoch's first step was done, and how many of its images were done with it. */
  private long begun;

  private int first;
  private BarLine line;
  private ProgressBar bar;

  /**
   * Shows bars on a terminal.
   *
   * @param out writes to the terminal
   * @param columns tells at each epoch how many columns the terminal has
   */
  ProgressBars(PrintWriter out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
  }

  /** Prints something else, with no bar in its way: that comes back below it. */
  void aside(Runnable printing) {
    if (bar == null) {
      printing.run();
    } else {
      line.aside(printing);
    }
  }

  @Override
  public void onTrainBegin(TrainingRun run) {
    plan = run.plan();
  }

  @Override
  public void onEpochBegin(int epoch) {
    line = new BarLine(out, Math.min(columns.getAsInt(), MOST_COLUMNS) - 1);
    begun = System.nanoTime();
    first = -1;
    bar = line.bar("Epoch " + epoch + "/" + plan.lastEpoch(), plan.batchesPerEpoch());
  }

  @Override
  public void onStepEnd(StepResult step) {
    String message =
        step.figures().names().stream()
            .limit(MOST_FIGURES)
            .map(
                name ->
                    String.format(
                        Locale.ROOT, "%s %.4f", Figures.shortName(name), step.figures().of(name)))
            .collect(Collectors.joining("  "));
    double seconds = (System.nanoTime() - begun) / NANOS_PER_SECOND;
    if (first < 0) {
      first = step.images();
      begun = System.nanoTime();
    } else if (seconds > 0) {
      message += String.format(Locale.ROOT, "  %.0f img/s", (step.images() - first) / seconds);
    }
    bar.setExtraMessage(message);
    bar.stepTo(step.batch());
    if (step.batch() == plan.batchesPerEpoch()) {
      close();
    }
  }

  @Override
  public void onTrainEnd(History history) {
    close();
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    close();
  }

  private void close() {
    if (bar != null) {
      bar.close();
      // Not by the bar itself, which forgets it where an epoch is over at once.
      line.clear();
      bar = null;
    }
  }
}
