package dev.lanewise.benchmarks.peers;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Command line of the comparison with peers: measures, and turns results into table and chart. */
@Command(
    name = "peers",
    description = "Measures Lanewise beside its peers on the same work.",
    mixinStandardHelpOptions = true,
    subcommands = {MeasureCommand.class, ReportCommand.class})
public final class PeersMain {
  /** Made by picocli. */
  public PeersMain() {}

  /** Runs a command; ends the process with 0, or 2 where something is to be mended. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new PeersMain())
        .setExecutionExceptionHandler(
            (e, commandLine, result) -> {
              if (!(e instanceof PeersException)) {
                throw e;
              }
              commandLine.getErr().println("peers: " + e.getMessage());
              return CommandLine.ExitCode.USAGE;
            });
  }
}
