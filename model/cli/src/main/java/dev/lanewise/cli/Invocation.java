package dev.lanewise.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** How the user started the program, as a text that can be typed again. */
final class Invocation {
  /** In which the launch scripts say what they were called. */
  private static final String PROGRAM = "lanewise.program";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./\\\\-]+");

  private Invocation() {}

  /** Returns a call of the program with some arguments. */
  static String of(List<String> arguments) {
    return Stream.concat(Stream.of(System.getProperty(PROGRAM, "lanewise")), arguments.stream())
        .map(Invocation::quoted)
        .collect(Collectors.joining(" "));
  }

  /** Returns the call that runs. */
  static String of(CommandSpec spec) {
    return of(((Main) spec.root().userObject()).arguments());
  }

  /** Quotes a word of which a shell would make something else. */
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
