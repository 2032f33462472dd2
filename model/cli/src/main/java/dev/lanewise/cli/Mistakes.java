package dev.lanewise.cli;

import dev.lanewise.exchange.ExchangeException;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells the user's mistakes in one line each, and the program's with a stack trace. */
final class Mistakes {
  /** Exit code of a mistake of the user. */
  static final int USER = 2;

  /** Exit code of a defect of the program. */
  static final int INTERNAL = 1;

  private static final long MIB = 1 << 20;

  private Mistakes() {}

  /** Runs a command line; tells of memory that runs out, and of wrong properties, in one line. */
  static int execute(CommandLine line, String... args) {
    try {
      return line.execute(args);
    } catch (OutOfMemoryError e) {
      // How much is missing is not known by then: twice as much is what to try.
      long heap = Runtime.getRuntime().maxMemory();
      say(
          line.getErr(),
          "lanewise",
          "the Java heap of "
              + heap / MIB
              + " MiB is too small; use a smaller --batch or --input, or a larger heap, as twice as"
              + " much with LANEWISE_JAVA_OPTS=-Xmx"
              + Math.ceilDiv(2 * heap, MIB)
              + "m");
      return USER;
    } catch (ExceptionInInitializerError e) {
      // A class that reads a system property refuses its value so.
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw e;
      }
      say(line.getErr(), "lanewise", e.getCause().getMessage());
      return USER;
    }
  }

  /**
   * Tells of results that could not be printed.
   *
   * @param code the program's exit code where they were
   * @return the program's exit code
   */
  static int ofOutput(CommandLine line, StandardOutput output, int code) {
    line.getOut().flush();
    System.out.flush();
    Optional<String> failure = output.failure();
    failure.ifPresent(
        why -> say(line.getErr(), "lanewise", "the standard output cannot be written: " + why));
    return failure.isPresent() && code == 0 ? USER : code;
  }

  /** Tells of a mistake in the arguments. */
  static int inArguments(ParameterException e, String... args) {
    CommandLine line = e.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String hint = "see '" + name + " --help'";
    String message = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> similar = unmatched.getSuggestions();
      if (!similar.isEmpty()) {
        hint = "did you mean " + similar.get(0) + "? " + hint;
      }
      if (unmatched.isUnknownOption()) {
        // What follows it is its value.
        message = "Unknown option: '" + unmatched.getUnmatched().getFirst() + "'";
      }
    }
    say(line.getErr(), name, message + "; " + hint);
    return USER;
  }

  /** Tells of what went wrong while a command ran. */
  static int whileRunning(Exception e, CommandLine line, ParseResult result) {
    if (e instanceof ModelException
        || e instanceof DataException
        || e instanceof ExchangeException
        || e instanceof ModelFileException) {
      return ofUser(e, line);
    }
    String name = line.getCommandSpec().qualifiedName();
    say(line.getErr(), name, "a defect of the program; please report what follows");
    e.printStackTrace(line.getErr());
    line.getErr().flush();
    return INTERNAL;
  }

  /** Tells of a mistake of the user, in the exception's own words. */
  static int ofUser(Exception e, CommandLine line) {
    say(line.getErr(), line.getCommandSpec().qualifiedName(), e.getMessage());
    return USER;
  }

  private static void say(PrintWriter err, String name, String message) {
    err.println(name + ": " + message.replaceAll("\\s*\\R\\s*", " "));
    err.flush();
  }
}
