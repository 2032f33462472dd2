package dev.lanewise.spark.run;

import dev.lanewise.spark.run.Outcome.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;

/** A job of Spark in which workers train until all is done, or one of them ends. */
final class Attempt {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MOST_CHARACTERS = 500;

  private final JavaSparkContext spark;
  private final int workers;
  private final Duration startTimeout;
  private final Duration endTimeout;
  private final Supplier<List<Outcome>> failures;

  /**
   * Prepares an attempt.
   *
   * @param startTimeout how long to wait for Spark to start the workers
   * @param endTimeout how long to wait, once a worker has failed, for the others to end
   * @param failures of workers that have ended
   */
  Attempt(
      JavaSparkContext spark,
      int workers,
      Duration startTimeout,
      Duration endTimeout,
      Supplier<List<Outcome>> failures) {
    this.spark = spark;
    this.workers = workers;
    this.startTimeout = startTimeout;
    this.endTimeout = endTimeout;
    this.failures = failures;
  }

  /**
   * Runs the workers.
   *
   * @param name what Spark's pages call it
   * @return what failed; null where the training is done
   */
  Outcome run(String name, Worker worker) throws InterruptedException {
    spark.setJobGroup("lanewise-" + System.identityHashCode(this), name, true);
    try {
      JavaFutureAction<List<String>> job = BarrierStage.start(spark, workers, worker);
      try {
        return await(job);
      } catch (InterruptedException e) {
        job.cancel(true);
        throw e;
      }
    } finally {
      spark.clearJobGroup();
    }
  }

  private Outcome await(JavaFutureAction<List<String>> job) throws InterruptedException {
    long start = System.nanoTime();
    boolean started = false;
    long failed = 0;
    while (true) {
      try {
        List<Outcome> outcomes =
            job.get(POLL.toMillis(), TimeUnit.MILLISECONDS).stream().map(Outcome::parse).toList();
        return Outcome.cause(outcomes).orElse(null);
      } catch (TimeoutException e) {
        started |= runs(job);
        if (!started && System.nanoTime() - start > startTimeout.toNanos()) {
          job.cancel(true);
          return new Outcome(
              0,
              "the driver",
              Kind.LOST,
              "Spark did not start " + workers + " workers in " + startTimeout.toSeconds() + " s");
        }
        List<Outcome> ended = failures.get();
        if (!ended.isEmpty()) {
          failed = failed == 0 ? System.nanoTime() : failed;
          if (System.nanoTime() - failed > endTimeout.toNanos()) {
            // A worker that hangs, or whose machine does, does not end by itself.
            job.cancel(true);
            return Outcome.cause(ended).orElseThrow();
          }
        }
      } catch (ExecutionException e) {
        return new Outcome(0, "the driver", Kind.LOST, reason(e.getCause()));
      }
    }
  }

  /** Returns whether the workers run; as long as Spark looks for slots, it has to be waited for. */
  private boolean runs(JavaFutureAction<List<String>> job) {
    for (int id : job.jobIds()) {
      SparkJobInfo info = spark.statusTracker().getJobInfo(id);
      if (info == null) {
        return true;
      }
      for (int stage : info.stageIds()) {
        SparkStageInfo at = spark.statusTracker().getStageInfo(stage);
        if (at != null && at.numActiveTasks() + at.numCompletedTasks() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  /** Returns what Spark says in one line, without the traces that it has in its messages. */
  static String reason(Throwable failure) {
    String text =
        String.valueOf(failure.getMessage())
            .lines()
            .map(String::strip)
            .takeWhile(line -> !line.startsWith("Driver stacktrace"))
            .filter(line -> !line.isEmpty() && !line.startsWith("at "))
            .collect(Collectors.joining(" "));
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "...";
  }
}
