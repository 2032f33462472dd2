package dev.lanewise.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Whether a command may replace the file that its option {@code --out} names. */
final class OverwriteOption {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--overwrite", description = "Let --out replace a file that is there.")
  private boolean overwrite;

  /** Refuses a file that is there, unless it may be replaced, and one that could not be written. */
  void check(Path out) {
    if (Files.exists(out) && !overwrite) {
      throw new ParameterException(
          spec.commandLine(),
          "--out requires a new file, or --overwrite, and there is a file " + out);
    }
    OptionChecks.writable(spec, "--out", out);
  }
}
