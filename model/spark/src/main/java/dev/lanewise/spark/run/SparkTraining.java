package dev.lanewise.spark.run;

import dev.lanewise.model.error.ModelException;
import dev.lanewise.spark.run.Outcome.Kind;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network on the executors of a cluster: a worker on each, which exchange gradients among
 * themselves. Where a worker or its executor ends, those that are left go on from the newest
 * checkpoint, to the same bits as if nothing had happened. So does a driver that is started again
 * with the same folder of checkpoints.
 *
 * <pre>{@code
 * TrainingData data = new TrainingData.OfSnapshot("hdfs:///signs/snapshot", 0.1, 1);
 * TrainingSettings settings = TrainingSettings.of("resnet50", 64, 64, 20).withBatches(256, 8);
 * ClusterSettings cluster = ClusterSettings.of("hdfs:///signs/training");
 * TrainingResult trained = new SparkTraining(spark, data, settings, cluster).run();
 * }</pre>
 */
public final class SparkTraining {
  private static final Logger LOG = LoggerFactory.getLogger(SparkTraining.class);
  private static final int TOKEN_BYTES = 32;

  /** How long after a failure Spark may take to know which executors are left. */
  private static final long SETTLE_MILLIS = 1000;

  private final JavaSparkContext spark;
  private final TrainingData data;
  private final TrainingSettings settings;
  private final ClusterSettings cluster;
  private final Cluster executors;
  private final Configuration hadoop;

  /**
   * Prepares a training.
   *
   * @param spark where it runs
   * @param data the images
   * @param settings what is trained
   * @param cluster on how many workers, and where checkpoints go
   */
  public SparkTraining(
      JavaSparkContext spark,
      TrainingData data,
      TrainingSettings settings,
      ClusterSettings cluster) {
    this.spark = spark;
    this.data = data;
    this.settings = settings;
    this.cluster = cluster;
    this.executors = new Cluster(spark);
    this.hadoop = spark.hadoopConfiguration();
  }

  /**
   * Trains, or goes on with what its folder of checkpoints holds.
   *
   * @return where the model is
   * @throws ModelException where settings or images cannot be used, the executors are too few, or
   *     attempts failed too often; the checkpoints stay
   * @throws dev.lanewise.model.data.DataException where images cannot be read
   * @throws InterruptedException where this thread is interrupted; the workers are ended then
   */
  public TrainingResult run() throws InterruptedException {
    Cluster.requireUsable(spark.getConf());
    cluster.requireShared(settings);
    CheckpointStore store = new CheckpointStore(hadoop, cluster.checkpoints());
    store.claim(TrainingIdentity.text(data, settings, cluster.wire(), hadoop));
    Failures failures = new Failures(cluster.failures());
    int attempt = 0;
    while (!store.isDone()) {
      attempt++;
      Outcome failure = attempt(attempt, store);
      if (failure != null) {
        handle(failure, failures, store.newest().orElse(0));
      } else if (!store.isDone()) {
        throw new ModelException("the workers ended, but left no model in " + store.model());
      }
    }
    LOG.info("the trained model is {}", store.model());
    return new TrainingResult(store.model().toString(), attempt);
  }

  private Outcome attempt(int number, CheckpointStore store) throws InterruptedException {
    int workers = workers(number);
    long checkpoint = store.newest().orElse(0);
    String name =
        String.format(
            "Lanewise: %s, attempt %d on %d worker%s",
            settings.network(), number, workers, workers == 1 ? "" : "s");
    LOG.info(
        "{}, {} shards, from {}",
        name,
        settings.shards(),
        checkpoint == 0 ? "the beginning" : store.checkpoint(checkpoint));
    try (Progress progress = new Progress(spark.sc(), LOG::info)) {
      Worker worker =
          new Worker(
              settings,
              data,
              cluster,
              new SerializableConfiguration(hadoop),
              progress,
              token(number),
              checkpoint);
      return new Attempt(
              spark, workers, cluster.executorTimeout(), cluster.stallTimeout(), progress::failures)
          .run(name, worker);
    }
  }

  /** The first attempt waits for what was asked for, later ones take what is left. */
  private int workers(int attempt) throws InterruptedException {
    int asked = cluster.workers();
    int required = attempt == 1 && asked > 0 ? asked : 1;
    int wanted =
        asked == 0 ? Math.min(settings.shards(), Cluster.expected(spark.getConf())) : required;
    int slots =
        attempt == 1
            ? executors.await(wanted, cluster.executorTimeout())
            : executors.awaitFree(cluster.stallTimeout(), cluster.executorTimeout());
    if (slots < required) {
      throw new ModelException(
          required
              + (required == 1 ? " worker requires a slot" : " workers require as many slots")
              + " for tasks, got "
              + slots
              + " after "
              + cluster.executorTimeout().toSeconds()
              + " s; see spark.executor.instances, spark.cores.max and spark.task.cpus");
    }
    return WorkerCount.of(settings.shards(), asked, slots);
  }

  private void handle(Outcome failure, Failures failures, long newest) throws InterruptedException {
    if (failure.kind() == Kind.MISTAKE || spark.sc().isStopped()) {
      throw new ModelException(failure.line());
    }
    String end = failures.add(failure.line(), failure.kind() == Kind.FAILED, newest);
    if (end != null) {
      throw new ModelException(
          "the training has stopped"
              + (newest == 0 ? "" : " after checkpoint " + newest)
              + ": "
              + end);
    }
    LOG.warn(
        "an attempt failed, {} of at most {}: {}",
        failures.count(),
        cluster.failures(),
        failure.line());
    Thread.sleep(SETTLE_MILLIS);
  }

  /** Returns the secret of an attempt: a worker that is left of an earlier one cannot join. */
  private static String token(int attempt) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return "lanewise-" + attempt + "-" + HexFormat.of().formatHex(random);
  }
}
