package dev.lanewise.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line of a terminal that is written over and over. It leaves the last column free, after which
 * some terminals begin another line.
 */
final class BarLine implements ProgressBarConsumer {
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

  synchronized void aside(Runnable printing) {
    clear();
    printing.run();
  }

  @Override
  public void close() {
    out.flush();
  }
}
