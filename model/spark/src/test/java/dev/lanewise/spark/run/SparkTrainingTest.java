package dev.lanewise.spark.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.spark.LocalSpark;
import dev.lanewise.spark.TestImages;
import dev.lanewise.spark.data.ImageColumns;
import dev.lanewise.spark.data.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as tasks of one process. */
class SparkTrainingTest {
  private static final TrainingSettings SETTINGS =
      TrainingSettings.of("cifarresnet20", 32, 32, 2).withBatches(8, 2).withSeed(5);

  private static SparkSession session;

  @TempDir private static Path images;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    session = LocalSpark.session("local[2]");
    TestImages.folder(images, 20, 16);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static TrainingData data() {
    return new TrainingData.OfPath(images.toString(), 0.2, 1);
  }

  private static SparkTraining training(TrainingSettings settings, ClusterSettings cluster) {
    return new SparkTraining(
        new JavaSparkContext(session.sparkContext()), data(), settings, cluster);
  }

  private ClusterSettings cluster() {
    return ClusterSettings.of(folder.resolve("training").toString())
        .withFailures(3, Duration.ofSeconds(5));
  }

  /** Trains in this process alone, with the same shards. */
  static Bits alone(TrainingSettings settings, TrainingData data) {
    try (TrainingData.Open open = data.open(new Configuration(), settings.imageShape())) {
      DatasetPair pair = open.pair();
      try (Model model = settings.build(pair, 2)) {
        model.fit(pair.train(), settings.options().withValidation(pair.test()));
        return Bits.of(model);
      }
    }
  }

  @Test
  void twoWorkersComeToTheBitsOfOneProcess() throws Exception {
    TrainingResult trained = training(SETTINGS, cluster().withWorkers(2, 0)).run();
    assertThat(trained.attempts()).isEqualTo(1);
    assertThat(Bits.of(trained)).isEqualTo(alone(SETTINGS, data()));
    // All is done: nothing runs again.
    assertThat(training(SETTINGS, cluster()).run().attempts()).isZero();
    assertThatThrownBy(() -> training(SETTINGS.withSeed(6), cluster()).run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("holds another training");
  }

  @Test
  void goesOnFromTheNewestCheckpoint() throws Exception {
    ClusterSettings cluster =
        cluster()
            .withInterval(CheckpointInterval.parse("1steps"))
            .withReport(folder.resolve("report").toString());
    training(SETTINGS, cluster).run();
    Path store = folder.resolve("training");
    assertThat(store.resolve("checkpoint-000004.h5")).exists();
    assertThat(store.resolve("checkpoint-000003.h5")).exists();
    assertThat(folder.resolve("report").resolve("index.html")).exists();
    Files.delete(store.resolve("model.h5"));
    Files.delete(store.resolve("checkpoint-000004.h5"));
    Files.createFile(store.resolve("_temporary-of-a-dead-worker"));
    TrainingResult trained = training(SETTINGS, cluster.withWorkers(1, 1)).run();
    assertThat(trained.attempts()).isEqualTo(1);
    assertThat(Bits.of(trained)).isEqualTo(alone(SETTINGS, data()));
    assertThat(store.resolve("_temporary-of-a-dead-worker")).doesNotExist();
  }

  /** What is made of averages in the end is made after any failure, too. */
  @Test
  void aFailureAtTheEndChangesNothing() throws Exception {
    TrainingSettings settings = SETTINGS.withRecipe(Map.of("average_weights", "0.9"));
    ClusterSettings cluster = cluster().withInterval(CheckpointInterval.parse("1epoch"));
    training(settings, cluster).run();
    Path store = folder.resolve("training");
    assertThat(store.resolve("checkpoint-000002.h5")).exists();
    Files.delete(store.resolve("model.h5"));
    assertThat(Bits.of(training(settings, cluster).run())).isEqualTo(alone(settings, data()));
  }

  /** A worker finds an image that has changed; the other one waits for its gradients. */
  @Test
  void aWorkerThatFailsEndsTheOthers() throws Exception {
    Path snapshot = folder.resolve("snapshot");
    Snapshots.write(
        TestImages.frame(session, 20, 32).coalesce(1),
        ImageColumns.of("content", "label").withId("path"),
        snapshot.toString());
    try (Stream<Path> files = Files.list(snapshot)) {
      Path part = files.filter(file -> file.toString().endsWith(".bin")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(part);
      // Behind the name of the first row its image begins.
      bytes["images/000.png".length()] = 0;
      Files.write(part, bytes);
    }
    TrainingData data = new TrainingData.OfSnapshot(snapshot.toString(), 0, 0);
    assertThatThrownBy(
            () ->
                new SparkTraining(
                        new JavaSparkContext(session.sparkContext()), data, SETTINGS, cluster())
                    .run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the same failure came twice with no checkpoint between")
        .hasMessageContaining("image of row images/000.png cannot be decoded");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> training(SETTINGS, cluster().withWorkers(3, 0)).run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("3 workers require a multiple of 3 shards, got 2");
    assertThatThrownBy(
            () ->
                training(
                        SETTINGS.withBatches(8, 4),
                        cluster().withWorkers(4, 0).withFailures(1, Duration.ofSeconds(1)))
                    .run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("4 workers require as many slots for tasks, got 2 after 1 s");
    TrainingData missing = new TrainingData.OfPath(folder + "/none", 0, 0);
    assertThatThrownBy(
            () ->
                new SparkTraining(
                        new JavaSparkContext(session.sparkContext()), missing, SETTINGS, cluster())
                    .run())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the same failure came twice with no checkpoint between: there is no")
        .hasMessageContaining("(worker 0 on ");
  }
}
