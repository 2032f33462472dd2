package dev.lanewise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.exchange.Precision;
import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.spark.LocalCluster;
import dev.lanewise.spark.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes. */
@Timeout(300)
class LocalClusterTest {
  private static final TrainingSettings LONG =
      TrainingSettings.of("cifarresnet20", 32, 32, 40).withBatches(8, 2).withSeed(5);

  @TempDir private Path folder;

  private SparkSession session;

  @BeforeEach
  void start() throws IOException {
    TestImages.folder(folder.resolve("images"), 20, 32);
    session = LocalCluster.session(2);
  }

  @AfterEach
  void stop() {
    session.stop();
  }

  private TrainingResult train(TrainingSettings settings, ClusterSettings cluster) {
    TrainingData data = new TrainingData.OfPath(folder.resolve("images").toString(), 0.2, 1);
    try {
      return new SparkTraining(
              new JavaSparkContext(session.sparkContext()), data, settings, cluster)
          .run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private ClusterSettings cluster(String name) {
    return ClusterSettings.of(folder.resolve(name).toString())
        .withFailures(4, Duration.ofSeconds(120));
  }

  private Bits alone(TrainingSettings settings) {
    return SparkTrainingTest.alone(
        settings, new TrainingData.OfPath(folder.resolve("images").toString(), 0.2, 1));
  }

  @Test
  void twoExecutorsComeToTheBitsOfOneProcess() {
    TrainingSettings settings =
        TrainingSettings.of("cifarresnet20", 32, 32, 2).withBatches(8, 2).withSeed(5);
    TrainingResult trained = train(settings, cluster("training").withWorkers(2, 1));
    assertThat(trained.attempts()).isEqualTo(1);
    assertThat(Bits.of(trained)).isEqualTo(alone(settings));
  }

  /** An executor is killed after a checkpoint; those that are left go on to the same bits. */
  @Test
  @Tag("spark-long")
  void anExecutorThatIsKilledChangesNothing() throws Exception {
    CompletableFuture<TrainingResult> training =
        CompletableFuture.supplyAsync(() -> train(LONG, killed("killed")));
    assertThat(executorAfterACheckpoint(training, "killed").destroyForcibly()).isTrue();
    TrainingResult trained = training.get();
    assertThat(trained.attempts()).isGreaterThan(1);
    assertThat(Bits.of(trained)).isEqualTo(alone(LONG));
  }

  private ClusterSettings killed(String name) {
    return cluster(name).withInterval(CheckpointInterval.parse("10steps")).withWorkers(2, 1);
  }

  private ProcessHandle executorAfterACheckpoint(CompletableFuture<?> training, String name)
      throws InterruptedException {
    Path checkpoint = folder.resolve(name).resolve("checkpoint-000001.h5");
    while (!Files.exists(checkpoint)) {
      assertThat(training).isNotDone();
      Thread.sleep(20);
    }
    List<ProcessHandle> executors = LocalCluster.executors();
    assertThat(executors).hasSize(2);
    return executors.getFirst();
  }

  /** An executor that stands still, and that Spark has not noticed yet, does not hold others up. */
  @Test
  @Tag("spark-long")
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no signal that stops a process")
  void anExecutorThatHangsChangesNothing() throws Exception {
    ClusterSettings cluster =
        killed("hanging").withExchange(1, Precision.FLOAT32, Duration.ofSeconds(3));
    CompletableFuture<TrainingResult> training =
        CompletableFuture.supplyAsync(() -> train(LONG, cluster));
    ProcessHandle executor = executorAfterACheckpoint(training, "hanging");
    signal("STOP", executor);
    TrainingResult trained;
    try {
      trained = training.get();
      assertThat(executor.isAlive()).isTrue();
    } finally {
      signal("CONT", executor);
    }
    assertThat(trained.attempts()).isEqualTo(2);
    assertThat(Bits.of(trained)).isEqualTo(alone(LONG));
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
  }
}
