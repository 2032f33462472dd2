package dev.lanewise.cli;

import dev.lanewise.parallel.WorkerPool;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    if (threads != null && (threads < 1 || threads > WorkerPool.MOST_THREADS)) {
      throw new ParameterException(
          spec.commandLine(),
          "--threads requires a number from 1 to " + WorkerPool.MOST_THREADS + ", got " + threads);
    }
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
