package dev.lanewise.model.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What every command that computes takes. */
final class ComputeOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work. Default: one per processor. Results do not depend on it.")
  private Integer threads;

  /** Returns the number of threads. */
  int threads() {
    Checks.atLeast(spec, "--threads", threads, 1);
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
