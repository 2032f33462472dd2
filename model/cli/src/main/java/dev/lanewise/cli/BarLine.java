package dev.lanewise.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * One line of a terminal that is written over and over. It leaves the last column free, after which
 * some terminals begin another line.
 */
final class BarLine implements ProgressBarConsumer {
  private static final int UPDATE_MILLIS = 250;

  private final PrintWriter out;
  private final int length;

  BarLine(PrintWriter out, int length) {
    this.out = out;
    this.length = length;
  }

  @Override
  public int getMaxRenderedLength() {
    return length;
  }

  @Override
  public synchronized void accept(String rendered) {
    out.print("\r" + rendered);
    out.flush();
  }

  @Override
  public synchronized void clear() {
    out.print("\r" + " ".repeat(length) + "\r");
    out.flush();
  }

  /**
   * Returns a bar that is shown in this line.
   *
   * @param task what it is the bar of
   * @param steps how many there are
   */
  ProgressBar bar(String task, long steps) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(steps)
        .setUpdateIntervalMillis(UPDATE_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(this)
        .build();
  }

  synchronized void aside(Runnable printing) {
    clear();
    printing.run();
  }

  @Override
  public void close() {
    out.flush();
  }
}
