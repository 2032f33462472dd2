package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import java.time.Duration;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/** The executors that there are. */
final class Cluster {
  private static final String DYNAMIC = "spark.dynamicAllocation.enabled";
  private static final Duration POLL = Duration.ofMillis(500);

  private final SparkContext spark;

  Cluster(JavaSparkContext spark) {
    this.spark = spark.sc();
  }

  /**
   * Refuses settings of Spark with which workers cannot train.
   *
   * @throws ModelException naming the setting
   */
  static void requireUsable(SparkConf conf) {
    if (conf.getBoolean(DYNAMIC, false)) {
      throw new ModelException(
          "workers require a fixed number of executors: set "
              + DYNAMIC
              + "=false, and spark.executor.instances or spark.cores.max");
    }
  }

  /** Returns how many executors there will be, as far as settings tell; else 1. */
  static int expected(SparkConf conf) {
    int instances = conf.getInt("spark.executor.instances", 0);
    if (instances > 0) {
      return instances;
    }
    int cores = conf.getInt("spark.cores.max", 0);
    int each = conf.getInt("spark.executor.cores", 0);
    return cores > 0 && each > 0 ? Math.max(1, cores / each) : 1;
  }

  /**
   * Waits for executors; afterwards those that are being started may join a later attempt.
   *
   * @param wanted how many are waited for
   * @return how many there are: fewer where the time is over
   */
  int await(int wanted, Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (slots() < wanted && System.nanoTime() - end < 0) {
      Thread.sleep(POLL.toMillis());
    }
    int slots = slots();
    if (!spark.isLocal()) {
      requireOneSlotEach(executors(), slots);
    }
    return slots;
  }

  /**
   * Waits until the tasks of an attempt that has failed are gone. Those of an executor that hangs
   * stay until Spark gives it up; the others do not wait for it.
   *
   * @param ending how long tasks may take to end
   * @param timeout how long to wait for the first executor
   * @return on how many executors a worker can start at once
   */
  int awaitFree(Duration ending, Duration timeout) throws InterruptedException {
    int slots = await(1, timeout);
    long end = System.nanoTime() + ending.toNanos();
    while (busy() > 0 && System.nanoTime() - end < 0) {
      Thread.sleep(POLL.toMillis());
    }
    return Math.max(1, Math.min(slots, slots()) - busy());
  }

  /** Returns on how many executors tasks run. */
  private int busy() {
    if (spark.isLocal()) {
      return 0;
    }
    return (int)
        Arrays.stream(spark.statusTracker().getExecutorInfos())
            .filter(executor -> executor.numRunningTasks() > 0)
            .count();
  }

  /** Returns how many tasks can run at the same time, as Spark itself counts for barrier stages. */
  int slots() {
    return spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile());
  }

  /**
   * Refuses slots that would put several workers into one executor and leave others without any.
   *
   * @throws ModelException naming the setting
   */
  static void requireOneSlotEach(int executors, int slots) {
    if (executors > 0 && slots > executors) {
      throw new ModelException(
          "each executor requires one slot, so that it gets one worker, got "
              + slots
              + " slots on "
              + executors
              + " executors: set spark.task.cpus to the number of an executor's cores"
              + " (spark.executor.cores)");
    }
  }

  /** Returns how many executors there are, the driver not counted. */
  private int executors() {
    return spark.statusTracker().getExecutorInfos().length - 1;
  }
}
