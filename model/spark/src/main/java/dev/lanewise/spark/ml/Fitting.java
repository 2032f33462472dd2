package dev.lanewise.spark.ml;

import dev.lanewise.exchange.Precision;
import dev.lanewise.model.CheckpointInterval;
import dev.lanewise.model.Model;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.OptimizerSettings;
import dev.lanewise.spark.data.ImageColumns;
import dev.lanewise.spark.data.Snapshots;
import dev.lanewise.spark.run.ClusterSettings;
import dev.lanewise.spark.run.RecipeText;
import dev.lanewise.spark.run.Scratch;
import dev.lanewise.spark.run.SparkTraining;
import dev.lanewise.spark.run.TrainingData;
import dev.lanewise.spark.run.TrainingIdentity;
import dev.lanewise.spark.run.TrainingResult;
import dev.lanewise.spark.run.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fit of an estimator: a snapshot of the images, the training, its model. */
final class Fitting {
  private static final Logger LOG = LoggerFactory.getLogger(Fitting.class);
  private static final int DIGITS = 16;

  private final LanewiseClassifier params;
  private final Dataset<?> images;
  private final JavaSparkContext spark;
  private final Configuration hadoop;

  Fitting(LanewiseClassifier params, Dataset<?> images) {
    this.params = params;
    this.images = images;
    this.spark = new JavaSparkContext(images.sparkSession().sparkContext());
    this.hadoop = images.sparkSession().sessionState().newHadoopConf();
  }

  /** Returns the bytes of a file with the trained model, for inference. */
  byte[] run() {
    // What is wrong with the params is found before the images are read.
    TrainingSettings settings = settings();
    Path scratch = null;
    try {
      scratch = Files.createTempDirectory("lanewise-fit");
      String folder = folder(scratch);
      ClusterSettings cluster = cluster(folder, settings);
      TrainingData data =
          data(params.getSnapshotDir().isEmpty() ? folder : params.getSnapshotDir());
      String name = TrainingIdentity.digest(data, settings, Precision.FLOAT32, hadoop);
      TrainingResult trained =
          new SparkTraining(spark, data, settings, cluster.in(folder + "/training-" + name)).run();
      return forInference(trained, scratch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("the fit was interrupted", e);
    } catch (IOException e) {
      throw new ModelException("the fit cannot use the disk of the driver: " + e.getMessage(), e);
    } finally {
      remove(scratch);
    }
  }

  private ClusterSettings cluster(String folder, TrainingSettings settings) {
    ClusterSettings usual = ClusterSettings.of(folder);
    ClusterSettings cluster =
        usual
            .withInterval(CheckpointInterval.parse(params.getCheckpointInterval()))
            .withWorkers(params.getNumWorkers(), params.getThreadsPerWorker())
            .withFailures(params.getMaxFailures(), usual.executorTimeout());
    cluster.requireShared(settings);
    return cluster;
  }

  private static void remove(Path scratch) {
    if (scratch != null) {
      try {
        Scratch.remove(scratch);
      } catch (IOException e) {
        LOG.warn("cannot remove {}", scratch, e);
      }
    }
  }

  private TrainingSettings settings() {
    int shards = params.getShards();
    if (shards == 0) {
      if (params.getNumWorkers() == 0) {
        throw new ModelException(
            "numWorkers=0, for all executors, requires shards: they decide the result, whatever"
                + " the number of workers");
      }
      shards = params.getNumWorkers();
    }
    double rate = params.getLearningRate() == 0 ? Double.NaN : params.getLearningRate();
    return TrainingSettings.of(
            params.getNetwork(),
            params.getInputHeight(),
            params.getInputWidth(),
            params.getEpochs())
        .withBatches(params.getBatchSize(), shards)
        .withSeed(params.getSeed())
        .withOptimizer(
            new OptimizerSettings(
                OptimizerSettings.Kind.of(params.getOptimizer()),
                rate,
                params.getMomentum(),
                false,
                params.getWeightDecay()))
        .withRecipe(RecipeText.parse(params.getRecipe()));
  }

  /** Returns where all of it goes. */
  private String folder(Path scratch) {
    if (!params.getCheckpointDir().isEmpty()) {
      return params.getCheckpointDir();
    }
    if (!spark.isLocal()) {
      throw new ModelException(
          "checkpointDir requires a folder on a file system that all workers see; only with a"
              + " local master it may be empty");
    }
    return scratch.toUri().toString().replaceAll("/$", "");
  }

  private TrainingData data(String folder) {
    ImageColumns columns = params.imageColumns();
    String digits = Snapshots.fingerprint(images, columns).substring(0, DIGITS);
    String snapshot = folder + "/snapshot-" + digits;
    if (Snapshots.exist(hadoop, snapshot)) {
      LOG.info("the images are in {} already", snapshot);
    } else {
      Snapshots.write(images, columns, snapshot);
      LOG.info("wrote the images to {}", snapshot);
    }
    return new TrainingData.OfSnapshot(snapshot, params.getValidationSplit(), params.getSeed());
  }

  /** Without what only training needs, a model is a third as large. */
  private byte[] forInference(TrainingResult trained, Path scratch) throws IOException {
    Path whole = scratch.resolve("trained.h5");
    org.apache.hadoop.fs.Path from = new org.apache.hadoop.fs.Path(trained.model());
    from.getFileSystem(hadoop)
        .copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(whole.toUri()), true);
    Path small = scratch.resolve("model.h5");
    try (Model model = Model.loadForInference(whole, 1)) {
      model.save(small);
    }
    return Files.readAllBytes(small);
  }
}
