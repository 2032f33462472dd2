package dev.lanewise.spark;

import dev.lanewise.exchange.Precision;
import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.spark.run.ClusterSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** Where it is trained. */
final class ClusterOptions {
  @Option(
      names = "--checkpoints",
      paramLabel = "DIR",
      required = true,
      description =
          "A folder for this training alone, on a file system that all workers see. The model ends"
              + " up there, too. The same command again goes on with the last checkpoint.")
  private String checkpoints;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "INTERVAL",
      description = "As in 10m, 2h, 500steps or 2epochs. Default: ${DEFAULT-VALUE}.")
  private String interval = "10m";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description =
          "Workers that train, at most. Default: one on each executor, as far as --shards can be"
              + " shared.")
  private int workers;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each worker that compute. Default: spark.task.cpus less --exchange-threads.")
  private int threads;

  @Option(
      names = "--exchange-threads",
      paramLabel = "N",
      description =
          "Threads of each worker that exchange gradients; one moves about a gigabyte a second."
              + " Default: ${DEFAULT-VALUE}.")
  private int exchangeThreads = 1;

  @Option(
      names = "--wire",
      paramLabel = "FORMAT",
      description =
          "How gradients travel, float32 or bf16, which halves the traffic, but makes the result"
              + " depend on the number of workers. Default: float32.")
  private Precision wire = Precision.FLOAT32;

  @Option(
      names = "--stall-timeout",
      paramLabel = "SECONDS",
      description =
          "A worker of which nothing is heard for so long is taken for dead. Default:"
              + " ${DEFAULT-VALUE}.")
  private int stallTimeout = 30;

  @Option(
      names = "--executor-timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for executors. Default: ${DEFAULT-VALUE}.")
  private int executorTimeout = 120;

  @Option(
      names = "--failures",
      paramLabel = "N",
      description = "Attempts that may fail. Default: ${DEFAULT-VALUE}.")
  private int failures = 4;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write a page, DIR/index.html, anew after each epoch, on the machine of the first"
              + " worker.")
  private String report;

  /** Returns how many workers are wanted; 0 for any number. */
  int workers() {
    return workers;
  }

  /** Returns the settings. */
  ClusterSettings settings() {
    return ClusterSettings.of(checkpoints)
        .withInterval(CheckpointInterval.parse(interval))
        .withWorkers(workers, threads)
        .withExchange(exchangeThreads, wire, Duration.ofSeconds(stallTimeout))
        .withFailures(failures, Duration.ofSeconds(executorTimeout))
        .withReport(report);
  }
}
