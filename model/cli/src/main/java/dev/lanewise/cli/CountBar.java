package dev.lanewise.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;

/** Shows how many of many images are done, on a terminal alone. */
final class CountBar implements AutoCloseable {
  /** Fewer are done before anyone wonders. */
  private static final int MANY = 20;

  private final BarLine line;
  private final ProgressBar bar;

  /** Starts a bar; nothing is shown where they are few, or nobody sees it. */
  CountBar(PrintWriter err, int images) {
    boolean shown = images >= MANY && Terminal.isThere();
    line = shown ? new BarLine(err, Terminal.columns() - 1) : null;
    bar = shown ? line.bar("Images", images) : null;
  }

  /** Counts an image, and prints what belongs to it. */
  void done(Runnable printing) {
    if (bar == null) {
      printing.run();
    } else {
      bar.step();
      line.aside(printing);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      line.clear();
    }
  }
}
