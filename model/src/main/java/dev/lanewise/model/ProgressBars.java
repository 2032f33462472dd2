package dev.lanewise.model;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a progress bar during each epoch, on one line that is cleared at the epoch's end. */
public final class ProgressBars implements TrainingListener {
  private static final int UPDATE_MILLIS = 250;
  private static final int COLUMNS = 100;

  private final PrintWriter out;
  private TrainingPlan plan;
  private ProgressBar bar;

  /** Shows bars on a stream, which should be a terminal. */
  public ProgressBars(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void onTrainBegin(TrainingPlan plan) {
    this.plan = plan;
  }

  @Override
  public void onEpochBegin(int epoch) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("Epoch " + epoch + "/" + plan.lastEpoch())
            .setInitialMax(plan.stepsPerEpoch())
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setStyle(ProgressBarStyle.ASCII)
            .setConsumer(new Line(out))
            .clearDisplayOnFinish()
            .build();
  }

  @Override
  public void onBatchEnd(int step, double loss, double accuracy) {
    String message = "loss " + Numbers.fixed4(loss);
    if (!Double.isNaN(accuracy)) {
      message += "  accuracy " + Numbers.fixed4(accuracy);
    }
    bar.setExtraMessage(message);
    bar.stepTo(step);
    if (step == plan.stepsPerEpoch()) {
      close();
    }
  }

  @Override
  public void onTrainFailed(Throwable failure) {
    close();
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** One line of a terminal that is written over and over. */
  private static final class Line implements ProgressBarConsumer {
    private final PrintWriter out;

    Line(PrintWriter out) {
      this.out = out;
    }

    @Override
    public int getMaxRenderedLength() {
      return COLUMNS;
    }

    @Override
    public void accept(String rendered) {
      out.print("\r" + rendered);
      out.flush();
    }

    @Override
    public void clear() {
      out.print("\r" + " ".repeat(COLUMNS) + "\r");
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
