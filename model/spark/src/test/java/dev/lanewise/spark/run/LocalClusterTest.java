package dev.lanewise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes. */
@Timeout(300)
class LocalClusterTest {
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
    TrainingSettings settings =
        TrainingSettings.of("cifarresnet20", 32, 32, 40).withBatches(8, 2).withSeed(5);
    ClusterSettings cluster =
        cluster("training").withInterval(CheckpointInterval.parse("10steps")).withWorkers(2, 1);
    CompletableFuture<TrainingResult> training =
        CompletableFuture.supplyAsync(() -> train(settings, cluster));
    Path checkpoint = folder.resolve("training").resolve("checkpoint-000001.h5");
    while (!Files.exists(checkpoint)) {
      assertThat(training).isNotDone();
      Thread.sleep(20);
    }
    List<ProcessHandle> executors = LocalCluster.executors();
    assertThat(executors).hasSize(2);
    assertThat(executors.getFirst().destroyForcibly()).isTrue();
    TrainingResult trained = training.get();
    assertThat(trained.attempts()).isGreaterThan(1);
    assertThat(Bits.of(trained)).isEqualTo(alone(settings));
  }
}
