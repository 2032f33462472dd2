package dev.lanewise.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that the command line was started in, if any. */
final class Terminal {
  /** For a terminal that does not tell its columns. */
  private static final int USUAL_COLUMNS = 80;

  private static final int WAIT_SECONDS = 2;

  /** "24 80" of stty. */
  static final Pattern STTY = Pattern.compile("\\d+ (\\d+)\\s*");

  /** The second number of Windows's "mode con": lines, columns, keyboard rate and so on. */
  static final Pattern MODE = Pattern.compile("(?s)\\D*\\d+\\D+(\\d+).*");

  private Terminal() {}

  /** Returns whether a person sees the output: neither it nor the input is a file or a pipe. */
  static boolean isThere() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /**
   * Returns the columns that a line for the user may take: those of the variable COLUMNS, else of
   * the terminal as it is now; in a file or a pipe any number.
   */
  static int columns() {
    OptionalInt set = number(System.getenv("COLUMNS"));
    if (set.isPresent()) {
      return set.getAsInt();
    }
    return isThere() ? measured().orElse(USUAL_COLUMNS) : Integer.MAX_VALUE;
  }

  private static OptionalInt measured() {
    File terminal = new File("/dev/tty");
    return terminal.exists()
        ? columns(STTY, new ProcessBuilder("stty", "size").redirectInput(terminal))
        : columns(MODE, new ProcessBuilder("mode.com", "con").redirectInput(Redirect.INHERIT));
  }

  /** Asks a program of the system, since Java does not tell; empty where that does not work. */
  private static OptionalInt columns(Pattern form, ProcessBuilder builder) {
    try {
      Process process = builder.redirectError(Redirect.DISCARD).start();
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return OptionalInt.empty();
      }
      byte[] answer = process.getInputStream().readAllBytes();
      return columns(form, new String(answer, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return OptionalInt.empty();
    }
  }

  /** Finds the columns in a program's answer. */
  static OptionalInt columns(Pattern form, String answer) {
    Matcher matcher = form.matcher(answer);
    return matcher.matches() ? number(matcher.group(1)) : OptionalInt.empty();
  }

  /** Reads a number of columns; a terminal that has no size says 0. */
  private static OptionalInt number(String text) {
    return text != null && text.matches("[1-9][0-9]{1,2}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
