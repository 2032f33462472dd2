package dev.lanewise.spark.run;

import dev.lanewise.exchange.ExchangeOptions;
import dev.lanewise.exchange.Precision;
import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.model.error.ModelException;
import java.io.Serializable;
import java.time.Duration;

/**
 * Where a training runs and what survives there. With gradients in float32 the result does not
 * depend on any of it.
 *
 * @param checkpoints a folder of its own for the training, on a file system that all workers and
 *     the driver see; checkpoints and the trained model go there
 * @param interval how often the training is saved
 * @param workers how many train, at most; 0 for as many as there are executors. It is the largest
 *     divisor of the shards that there are executors for
 * @param threads of each worker that compute; 0 for {@code spark.task.cpus} less those that
 *     exchange, but at least one
 * @param exchangeThreads of each worker that exchange gradients; one moves about a gigabyte a
 *     second each way
 * @param wire how gradients travel; with bf16 the result depends on the number of workers
 * @param stallTimeout after which a worker of which nothing is heard is taken for dead
 * @param failures most attempts that may fail
 * @param executorTimeout how long to wait for executors that are missing
 * @param report a folder for the page that shows the training, written by the first worker; null
 *     for none
 */
public record ClusterSettings(
    String checkpoints,
    CheckpointInterval interval,
    int workers,
    int threads,
    int exchangeThreads,
    Precision wire,
    Duration stallTimeout,
    int failures,
    Duration executorTimeout,
    String report)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Checks the numbers.
   *
   * @throws ModelException where one is out of range
   */
  public ClusterSettings {
    if (workers < 0 || threads < 0 || failures < 1) {
      throw new ModelException(
          "a cluster requires 0 or more workers and threads, and at least 1 failure, got "
              + workers
              + ", "
              + threads
              + " and "
              + failures);
    }
    try {
      exchange(exchangeThreads, wire, stallTimeout);
    } catch (IllegalArgumentException e) {
      throw new ModelException(e.getMessage(), e);
    }
  }

  /**
   * {@return what is usual: as many workers as there are executors, a checkpoint every 10 minutes,
   * at most 4 failures, half a minute of silence}
   *
   * @param checkpoints the folder of the training
   */
  public static ClusterSettings of(String checkpoints) {
    return new ClusterSettings(
        checkpoints,
        new CheckpointInterval(10, CheckpointInterval.Unit.MINUTES),
        0,
        0,
        1,
        Precision.FLOAT32,
        Duration.ofSeconds(30),
        4,
        Duration.ofMinutes(2),
        null);
  }

  /**
   * {@return these settings with another folder}
   *
   * @param folder of the training
   */
  public ClusterSettings in(String folder) {
    return new ClusterSettings(
        folder,
        interval,
        workers,
        threads,
        exchangeThreads,
        wire,
        stallTimeout,
        failures,
        executorTimeout,
        report);
  }

  /**
   * {@return these settings with other checkpoints}
   *
   * @param every how often the training is saved
   */
  public ClusterSettings withInterval(CheckpointInterval every) {
    return new ClusterSettings(
        checkpoints,
        every,
        workers,
        threads,
        exchangeThreads,
        wire,
        stallTimeout,
        failures,
        executorTimeout,
        report);
  }

  /**
   * {@return these settings with another number of workers}
   *
   * @param most how many train, at most; 0 for as many as there are executors
   * @param threadsEach threads of each that compute; 0 for what its executor has
   */
  public ClusterSettings withWorkers(int most, int threadsEach) {
    return new ClusterSettings(
        checkpoints,
        interval,
        most,
        threadsEach,
        exchangeThreads,
        wire,
        stallTimeout,
        failures,
        executorTimeout,
        report);
  }

  /**
   * {@return these settings with another exchange}
   *
   * @param threadsEach threads of each worker that exchange
   * @param precision how gradients travel
   * @param silence after which a worker is taken for dead
   */
  public ClusterSettings withExchange(int threadsEach, Precision precision, Duration silence) {
    return new ClusterSettings(
        checkpoints,
        interval,
        workers,
        threads,
        threadsEach,
        precision,
        silence,
        failures,
        executorTimeout,
        report);
  }

  /**
   * {@return these settings with other patience}
   *
   * @param most attempts that may fail
   * @param executors how long to wait for executors that are missing
   */
  public ClusterSettings withFailures(int most, Duration executors) {
    return new ClusterSettings(
        checkpoints,
        interval,
        workers,
        threads,
        exchangeThreads,
        wire,
        stallTimeout,
        most,
        executors,
        report);
  }

  /**
   * {@return these settings with a page}
   *
   * @param folder where the first worker writes it; null for none
   */
  public ClusterSettings withReport(String folder) {
    return new ClusterSettings(
        checkpoints,
        interval,
        workers,
        threads,
        exchangeThreads,
        wire,
        stallTimeout,
        failures,
        executorTimeout,
        folder);
  }

  /**
   * Refuses a number of workers that cannot share the shards of a training alike.
   *
   * @param settings of the training
   * @throws ModelException naming what could
   */
  public void requireShared(TrainingSettings settings) {
    WorkerCount.require(settings.shards(), workers);
  }

  /** Returns how workers exchange. */
  ExchangeOptions exchange() {
    return exchange(exchangeThreads, wire, stallTimeout);
  }

  private static ExchangeOptions exchange(int threads, Precision wire, Duration stallTimeout) {
    return ExchangeOptions.defaults()
        .withThreads(threads)
        .withPrecision(wire)
        .withStallTimeout(stallTimeout);
  }

  /**
   * Returns the threads that a worker computes with.
   *
   * @param cpus of its task
   * @param group how many workers there are
   */
  int threads(int cpus, int group) {
    return threads > 0 ? threads : Math.max(1, group == 1 ? cpus : cpus - exchangeThreads);
  }
}
