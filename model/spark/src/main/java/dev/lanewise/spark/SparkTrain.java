package dev.lanewise.spark;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.spark.run.ClusterSettings;
import dev.lanewise.spark.run.SparkTraining;
import dev.lanewise.spark.run.TrainingData;
import dev.lanewise.spark.run.TrainingResult;
import dev.lanewise.spark.run.TrainingSettings;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The program that {@code spark-submit} runs. */
@Command(
    name = "SparkTrain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Trains a network on the executors of a Spark cluster.",
    footer = {
      "",
      "Exit codes: 0 done; 2 a mistake in the arguments or images, or a training that failed too"
          + " often, told in one line; 1 a defect of the program."
    })
public final class SparkTrain implements Callable<Integer> {
  @Mixin private DataOptions data;

  @Mixin private TrainingOptions training;

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Also copy the trained model to this file, on any file system that Hadoop knows. An"
              + " older one is replaced.")
  private String save;

  /** Only {@link #main} makes one. */
  private SparkTrain() {}

  /**
   * Trains and, where that failed, exits.
   *
   * @param args the options; {@code --help} tells them
   */
  public static void main(String[] args) {
    int code = run(args);
    // Spark's own end of a program that returns is the right one on every kind of cluster.
    if (code != ExitCode.OK) {
      System.exit(code);
    }
  }

  /** Trains; returns the exit code. */
  static int run(String[] args) {
    CommandLine line = new CommandLine(new SparkTrain());
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((mistake, given) -> tell(line, mistake));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof ModelException || failure instanceof DataException) {
            return tell(line, failure);
          }
          throw failure;
        });
    return line.execute(args);
  }

  private static int tell(CommandLine line, Exception mistake) {
    line.getErr().println("SparkTrain: " + mistake.getMessage());
    line.getErr().flush();
    return ExitCode.USAGE;
  }

  @Override
  public Integer call() throws InterruptedException {
    data.check();
    TrainingSettings settings = training.settings(cluster.workers());
    ClusterSettings where = cluster.settings();
    where.requireShared(settings);
    SparkSession session = SparkSession.builder().appName("Lanewise").getOrCreate();
    try {
      TrainingData images = data.prepare(session, training.seed());
      JavaSparkContext spark = new JavaSparkContext(session.sparkContext());
      TrainingResult trained = new SparkTraining(spark, images, settings, where).run();
      String model = trained.model();
      if (save != null) {
        copy(session.sessionState().newHadoopConf(), new Path(model), new Path(save));
        model = save;
      }
      System.out.println("Model     " + model);
    } finally {
      session.stop();
    }
    return ExitCode.OK;
  }

  private static void copy(Configuration hadoop, Path from, Path to) {
    try {
      FileSystem target = to.getFileSystem(hadoop);
      Path temporary = to.suffix("." + UUID.randomUUID() + ".tmp");
      FileUtil.copy(from.getFileSystem(hadoop), from, target, temporary, false, hadoop);
      target.delete(to, false);
      if (!target.rename(temporary, to)) {
        throw new IOException(temporary + " cannot be renamed");
      }
    } catch (IOException e) {
      throw new ModelException(
          "the model is " + from + ", and cannot be copied to " + to + ": " + e.getMessage(), e);
    }
  }
}
