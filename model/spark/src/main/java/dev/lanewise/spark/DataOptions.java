package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import dev.lanewise.model.data.DataException;
import dev.lanewise.spark.data.ImageColumns;
import dev.lanewise.spark.data.Snapshot;
import dev.lanewise.spark.data.Snapshots;
import dev.lanewise.spark.run.TrainingData;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The images. */
final class DataOptions {
  private static final Logger LOG = LoggerFactory.getLogger(DataOptions.class);

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = {
        "Without --snapshot a data set as for 'lanewise train', at a path that is the same on all"
            + " workers. With --snapshot what Spark reads: Parquet files with images and labels,"
            + " or a folder of JPEG and PNG files with a sub-folder per class."
      })
  private String data;

  @Option(
      names = "--snapshot",
      paramLabel = "DIR",
      description =
          "A folder on a file system that all workers see, to which the images of --data are"
              + " written once. Without --data it is trained on what is there.")
  private String snapshot;

  @Option(
      names = "--image-col",
      paramLabel = "NAME",
      description = "Of Parquet files: the images. Default: ${DEFAULT-VALUE}.")
  private String image = "content";

  @Option(
      names = "--label-col",
      paramLabel = "NAME",
      description = "Of Parquet files: the classes. Default: ${DEFAULT-VALUE}.")
  private String label = "label";

  @Option(
      names = "--id-col",
      paramLabel = "NAME",
      description =
          "Of Parquet files: what tells the rows apart. Default: nothing but the image itself.")
  private String id;

  @Option(
      names = "--validation-col",
      paramLabel = "NAME",
      description = "Of Parquet files: true where an image is held out. Default: none.")
  private String validation;

  @Option(
      names = "--validation-split",
      paramLabel = "SHARE",
      description = "Share of each class that is held out. Default: 0.")
  private double share;

  /** Finds what is wrong before any time is spent. */
  void check() {
    if (data == null && snapshot == null) {
      throw new ParameterException(
          spec.commandLine(), "images are required: give --data, --snapshot, or both");
    }
    if (!(share >= 0 && share < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--validation-split requires a share of at least 0 and below 1, got " + share);
    }
  }

  /**
   * Writes the snapshot, where one is wanted and not there.
   *
   * @return what is trained on
   */
  TrainingData prepare(SparkSession session, long seed) {
    if (snapshot == null) {
      return new TrainingData.OfPath(data, share, seed);
    }
    if (data != null) {
      write(session);
    }
    return new TrainingData.OfSnapshot(snapshot, share, seed);
  }

  private void write(SparkSession session) {
    Configuration hadoop = session.sessionState().newHadoopConf();
    boolean parquet = isParquet(hadoop);
    Dataset<Row> frame = parquet ? session.read().parquet(data) : files(session);
    ImageColumns columns =
        parquet
            ? new ImageColumns(image, label, id, validation)
            : ImageColumns.of("content", "label").withId("path");
    if (!Snapshots.exist(hadoop, snapshot)) {
      Snapshots.write(frame, columns, snapshot);
      LOG.info("wrote the images to {}", snapshot);
      return;
    }
    String fingerprint = Snapshots.fingerprint(frame, columns);
    try (Snapshot there = new Snapshot(hadoop, snapshot)) {
      if (!there.fingerprint().equals(fingerprint)) {
        throw new DataException(
            "the snapshot "
                + snapshot
                + " holds other images than "
                + data
                + "; remove it, or name another folder");
      }
      LOG.info("the images are in {} already", snapshot);
    }
  }

  /** The class is the name of the folder. */
  private Dataset<Row> files(SparkSession session) {
    return session
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .option("pathGlobFilter", "*.{jpg,jpeg,png,JPG,JPEG,PNG}")
        .load(data)
        .withColumn("label", regexp_extract(col("path"), "([^/]+)/[^/]+$", 1))
        .select("path", "content", "label");
  }

  private boolean isParquet(Configuration hadoop) {
    Path path = new Path(data);
    try {
      FileSystem system = path.getFileSystem(hadoop);
      if (!system.exists(path)) {
        throw new DataException("there are no images at " + data);
      }
      if (path.getName().endsWith(".parquet")) {
        return true;
      }
      for (FileStatus file : system.listStatus(path)) {
        if (file.getPath().getName().endsWith(".parquet")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new DataException(data + " cannot be read: " + e.getMessage(), e);
    }
  }
}
