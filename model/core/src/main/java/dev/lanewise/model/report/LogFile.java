package dev.lanewise.model.report;

import dev.lanewise.formats.saved.ModelFileException;
import java.io.Closeable;
import java.io.IOException;

/**
 * A file that is open while a training runs; without one, nothing is written.
 *
 * @param <F> what is open
 */
final class LogFile<F extends Closeable> {
  private final String failure;
  private F file;

  /**
   * Starts without an open file.
   *
   * @param failure what failed where writing does: {@code "cannot write the log to 'x'"}
   */
  LogFile(String failure) {
    this.failure = failure;
  }

  /** What opens a file. */
  interface Opening<F> {
    F open() throws IOException;
  }

  /** Something to be written. */
  interface Content<F> {
    void to(F file) throws IOException;
  }

  void open(Opening<F> opening) {
    try {
      file = opening.open();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void write(Content<F> content) {
    if (file == null) {
      return;
    }
    try {
      content.to(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void close() {
    try {
      write(Closeable::close);
    } finally {
      file = null;
    }
  }

  private ModelFileException failed(IOException e) {
    return new ModelFileException(failure + ": " + e.getMessage(), e);
  }
}
