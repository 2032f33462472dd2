package dev.lanewise.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program's standard output, which knows what could not be written: Java's own keeps to itself
 * that a disk was full. What is printed behind the first failure is dropped, and nothing ends for
 * it: a training goes on.
 */
final class StandardOutput extends OutputStream {
  private static final int BUFFER = 8192;

  /** Where the system says what the output is; Windows has no such place. */
  private static final Path SELF = Path.of("/dev/fd/1");

  /** The bits of a Unix file's mode that say its kind, and two of the kinds. */
  private static final int KIND = 0170000;

  private static final int PIPE = 0010000;
  private static final int SOCKET = 0140000;

  private final OutputStream out;
  private volatile IOException failure;

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  /** Puts one in the place of Java's. */
  static StandardOutput install() {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(
        new PrintStream(new BufferedOutputStream(output, BUFFER), true, System.out.charset()));
    return output;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      out.write(bytes, from, count);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * {@return why something could not be written; empty where all was, or where who reads a pipe had
   * enough, as {@code head} has}
   */
  Optional<String> failure() {
    return failure == null || isPipe()
        ? Optional.empty()
        : Optional.of(String.valueOf(failure.getMessage()));
  }

  /** A pipe or socket fails in no other way than by being closed. */
  private static boolean isPipe() {
    try {
      int kind = (int) Files.getAttribute(SELF, "unix:mode") & KIND;
      return kind == PIPE || kind == SOCKET;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }
}
