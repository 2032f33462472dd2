package dev.lanewise.spark.ml;

import dev.lanewise.spark.data.ImageColumns;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a network on the images of a DataFrame, with a worker in each of several executors.
 *
 * <pre>{@code
 * LanewiseClassifier classifier =
 *     new LanewiseClassifier()
 *         .setImageCol("content")
 *         .setNetwork("resnet50")
 *         .setNumWorkers(4)
 *         .setBatchSize(256)
 *         .setCheckpointDir("hdfs:///signs");
 * LanewiseClassificationModel model = classifier.fit(images);
 * }</pre>
 *
 * <p>The same images and params give the same model, however the rows are partitioned, on any
 * number of workers that divides {@code shards}. Where a fit is ended from outside, another one of
 * the same images and params with the same {@code checkpointDir} goes on from its last checkpoint.
 */
public final class LanewiseClassifier extends ClassifierSettings implements MLWritable {
  private static final long serialVersionUID = 1;

  /** Makes an estimator with a name of its own. */
  public LanewiseClassifier() {
    this(Identifiable$.MODULE$.randomUID("lanewiseClassifier"));
  }

  /**
   * Makes an estimator.
   *
   * @param uid its name
   */
  public LanewiseClassifier(String uid) {
    super(uid);
  }

  @Override
  LanewiseClassifier self() {
    return this;
  }

  /**
   * Trains.
   *
   * @throws dev.lanewise.model.data.DataException where images or labels cannot be used
   * @throws dev.lanewise.model.error.ModelException where params cannot be used or do not go
   *     together, or the training failed too often
   */
  @Override
  public LanewiseClassificationModel fit(Dataset<?> images) {
    transformSchema(images.schema());
    byte[] file = new Fitting(this, images).run();
    LanewiseClassificationModel model = new LanewiseClassificationModel(uid(), file);
    model.setParent(this);
    return copyValues(model, extractParamMap());
  }

  /** Returns where a DataFrame has what is trained on. */
  ImageColumns imageColumns() {
    return ImageColumns.of(getImageCol(), getLabelCol())
        .withId(orNull(getIdCol()))
        .withValidation(orNull(getValidationIndicatorCol()));
  }

  private static String orNull(String column) {
    return column.isEmpty() ? null : column;
  }

  /**
   * {@return the columns after a fit's model has transformed}
   *
   * @throws dev.lanewise.model.data.DataException where a column is missing, of a wrong type, or
   *     there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    imageColumns().require(schema);
    return new OutputColumns(columns, this).added(schema);
  }

  @Override
  public LanewiseClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public MLWriter write() {
    return new DefaultParamsWriter(this);
  }

  /** {@return what reads an estimator that {@link #write} has written} */
  public static MLReader<LanewiseClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * {@return an estimator that was saved}
   *
   * @param path where
   */
  public static LanewiseClassifier load(String path) {
    return read().load(path);
  }

  /** {@return the param of the number of workers} */
  public IntParam numWorkers() {
    return training.numWorkers;
  }

  /** {@return the number of workers} */
  public int getNumWorkers() {
    return (int) getOrDefault(training.numWorkers);
  }

  /**
   * {@return this, with another value}
   *
   * @param value workers that train together, at most; 0 for one on each executor
   */
  public LanewiseClassifier setNumWorkers(int value) {
    set(training.numWorkers, value);
    return this;
  }

  /** {@return the param of the threads of each worker} */
  public IntParam threadsPerWorker() {
    return training.threadsPerWorker;
  }

  /** {@return the threads of each worker} */
  public int getThreadsPerWorker() {
    return (int) getOrDefault(training.threadsPerWorker);
  }

  /**
   * {@return this, with another value}
   *
   * @param value threads of each worker that compute; 0 for its cores less those that exchange
   */
  public LanewiseClassifier setThreadsPerWorker(int value) {
    set(training.threadsPerWorker, value);
    return this;
  }

  /** {@return the param of the folder of checkpoints} */
  public Param<String> checkpointDir() {
    return training.checkpointDir;
  }

  /** {@return the folder of checkpoints} */
  public String getCheckpointDir() {
    return getOrDefault(training.checkpointDir);
  }

  /**
   * {@return this, with another value}
   *
   * @param value folder on a file system that all workers see, for checkpoints; may be empty with a
   *     local master
   */
  public LanewiseClassifier setCheckpointDir(String value) {
    set(training.checkpointDir, value);
    return this;
  }

  /** {@return the param of how often the training is saved} */
  public Param<String> checkpointInterval() {
    return training.checkpointInterval;
  }

  /** {@return how often the training is saved} */
  public String getCheckpointInterval() {
    return getOrDefault(training.checkpointInterval);
  }

  /**
   * {@return this, with another value}
   *
   * @param value how often the training is saved, as 10m, 500steps or 2epochs
   */
  public LanewiseClassifier setCheckpointInterval(String value) {
    set(training.checkpointInterval, value);
    return this;
  }

  /** {@return the param of the folder of the images that are trained on} */
  public Param<String> snapshotDir() {
    return training.snapshotDir;
  }

  /** {@return the folder of the images that are trained on} */
  public String getSnapshotDir() {
    return getOrDefault(training.snapshotDir);
  }

  /**
   * {@return this, with another value}
   *
   * @param value folder for the images that are trained on; empty for checkpointDir
   */
  public LanewiseClassifier setSnapshotDir(String value) {
    set(training.snapshotDir, value);
    return this;
  }

  /** {@return the param of the number of attempts that may fail} */
  public IntParam maxFailures() {
    return training.maxFailures;
  }

  /** {@return the number of attempts that may fail} */
  public int getMaxFailures() {
    return (int) getOrDefault(training.maxFailures);
  }

  /**
   * {@return this, with another value}
   *
   * @param value attempts that may fail
   */
  public LanewiseClassifier setMaxFailures(int value) {
    set(training.maxFailures, value);
    return this;
  }
}
