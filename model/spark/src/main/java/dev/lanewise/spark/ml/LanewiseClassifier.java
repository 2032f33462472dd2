package dev.lanewise.spark.ml;

import dev.lanewise.spark.data.ImageColumns;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
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
public final class LanewiseClassifier extends Estimator<LanewiseClassificationModel>
    implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final ColumnParams columns;
  private final TrainingParams training;

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
    this.uid = uid;
    // These take the uid from this stage, so that it has to be set.
    columns = new ColumnParams(this);
    training = new TrainingParams(this);
  }

  @Override
  public String uid() {
    return uid;
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
    LanewiseClassificationModel model = new LanewiseClassificationModel(uid, file);
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

  /** {@return the param of the column of the images} */
  public Param<String> imageCol() {
    return columns.image;
  }

  /** {@return the column of the images} */
  public String getImageCol() {
    return getOrDefault(columns.image);
  }

  /**
   * {@return this, with another value}
   *
   * @param value the column of the images
   */
  public LanewiseClassifier setImageCol(String value) {
    set(columns.image, value);
    return this;
  }

  /** {@return the param of the column of the likeliest class, a double; empty for none} */
  public Param<String> predictionCol() {
    return columns.prediction;
  }

  /** {@return the column of the likeliest class, a double; empty for none} */
  public String getPredictionCol() {
    return getOrDefault(columns.prediction);
  }

  /**
   * {@return this, with another value}
   *
   * @param value the column of the likeliest class, a double; empty for none
   */
  public LanewiseClassifier setPredictionCol(String value) {
    set(columns.prediction, value);
    return this;
  }

  /** {@return the param of the column of the probabilities, a vector; empty for none} */
  public Param<String> probabilityCol() {
    return columns.probability;
  }

  /** {@return the column of the probabilities, a vector; empty for none} */
  public String getProbabilityCol() {
    return getOrDefault(columns.probability);
  }

  /**
   * {@return this, with another value}
   *
   * @param value the column of the probabilities, a vector; empty for none
   */
  public LanewiseClassifier setProbabilityCol(String value) {
    set(columns.probability, value);
    return this;
  }

  /** {@return the param of the column of the likeliest class's name; empty for none} */
  public Param<String> predictedLabelCol() {
    return columns.predictedLabel;
  }

  /** {@return the column of the likeliest class's name; empty for none} */
  public String getPredictedLabelCol() {
    return getOrDefault(columns.predictedLabel);
  }

  /**
   * {@return this, with another value}
   *
   * @param value the column of the likeliest class's name; empty for none
   */
  public LanewiseClassifier setPredictedLabelCol(String value) {
    set(columns.predictedLabel, value);
    return this;
  }

  /** {@return the param of what becomes of rows whose image cannot be used: error, skip or keep} */
  public Param<String> handleInvalid() {
    return columns.handleInvalid;
  }

  /** {@return what becomes of rows whose image cannot be used: error, skip or keep} */
  public String getHandleInvalid() {
    return getOrDefault(columns.handleInvalid);
  }

  /**
   * {@return this, with another value}
   *
   * @param value what becomes of rows whose image cannot be used: error, skip or keep
   */
  public LanewiseClassifier setHandleInvalid(String value) {
    set(columns.handleInvalid, value);
    return this;
  }

  /** {@return the param of the column of the classes} */
  public Param<String> labelCol() {
    return training.labelCol;
  }

  /** {@return the column of the classes} */
  public String getLabelCol() {
    return getOrDefault(training.labelCol);
  }

  /**
   * {@return this, with another value}
   *
   * @param value classes: texts or whole numbers
   */
  public LanewiseClassifier setLabelCol(String value) {
    set(training.labelCol, value);
    return this;
  }

  /** {@return the param of the column that tells the rows apart} */
  public Param<String> idCol() {
    return training.idCol;
  }

  /** {@return the column that tells the rows apart} */
  public String getIdCol() {
    return getOrDefault(training.idCol);
  }

  /**
   * {@return this, with another value}
   *
   * @param value what tells the rows apart, by which they are ordered; empty for the images
   *     themselves
   */
  public LanewiseClassifier setIdCol(String value) {
    set(training.idCol, value);
    return this;
  }

  /** {@return the param of the column that holds images out} */
  public Param<String> validationIndicatorCol() {
    return training.validationIndicatorCol;
  }

  /** {@return the column that holds images out} */
  public String getValidationIndicatorCol() {
    return getOrDefault(training.validationIndicatorCol);
  }

  /**
   * {@return this, with another value}
   *
   * @param value true where an image is held out of training to validate it; empty for none
   */
  public LanewiseClassifier setValidationIndicatorCol(String value) {
    set(training.validationIndicatorCol, value);
    return this;
  }

  /** {@return the param of the share of each class that is held out} */
  public DoubleParam validationSplit() {
    return training.validationSplit;
  }

  /** {@return the share of each class that is held out} */
  public double getValidationSplit() {
    return (double) getOrDefault(training.validationSplit);
  }

  /**
   * {@return this, with another value}
   *
   * @param value share of each class that is held out where no column says so
   */
  public LanewiseClassifier setValidationSplit(double value) {
    set(training.validationSplit, value);
    return this;
  }

  /** {@return the param of the name of the network} */
  public Param<String> network() {
    return training.network;
  }

  /** {@return the name of the network} */
  public String getNetwork() {
    return getOrDefault(training.network);
  }

  /**
   * {@return this, with another value}
   *
   * @param value name of the network
   */
  public LanewiseClassifier setNetwork(String value) {
    set(training.network, value);
    return this;
  }

  /** {@return the param of the rows that images are resized to} */
  public IntParam inputHeight() {
    return training.inputHeight;
  }

  /** {@return the rows that images are resized to} */
  public int getInputHeight() {
    return (int) getOrDefault(training.inputHeight);
  }

  /**
   * {@return this, with another value}
   *
   * @param value rows that images are resized to
   */
  public LanewiseClassifier setInputHeight(int value) {
    set(training.inputHeight, value);
    return this;
  }

  /** {@return the param of the columns of pixels that images are resized to} */
  public IntParam inputWidth() {
    return training.inputWidth;
  }

  /** {@return the columns of pixels that images are resized to} */
  public int getInputWidth() {
    return (int) getOrDefault(training.inputWidth);
  }

  /**
   * {@return this, with another value}
   *
   * @param value columns of pixels that images are resized to
   */
  public LanewiseClassifier setInputWidth(int value) {
    set(training.inputWidth, value);
    return this;
  }

  /** {@return the param of the passes over the images} */
  public IntParam epochs() {
    return training.epochs;
  }

  /** {@return the passes over the images} */
  public int getEpochs() {
    return (int) getOrDefault(training.epochs);
  }

  /**
   * {@return this, with another value}
   *
   * @param value passes over the images
   */
  public LanewiseClassifier setEpochs(int value) {
    set(training.epochs, value);
    return this;
  }

  /** {@return the param of the images per step, over all workers} */
  public IntParam batchSize() {
    return training.batchSize;
  }

  /** {@return the images per step, over all workers} */
  public int getBatchSize() {
    return (int) getOrDefault(training.batchSize);
  }

  /**
   * {@return this, with another value}
   *
   * @param value images per step, over all workers
   */
  public LanewiseClassifier setBatchSize(int value) {
    set(training.batchSize, value);
    return this;
  }

  /** {@return the param of the parts of each batch} */
  public IntParam shards() {
    return training.shards;
  }

  /** {@return the parts of each batch} */
  public int getShards() {
    return (int) getOrDefault(training.shards);
  }

  /**
   * {@return this, with another value}
   *
   * @param value parts of each batch, a multiple of the number of workers; 0 for numWorkers
   */
  public LanewiseClassifier setShards(int value) {
    set(training.shards, value);
    return this;
  }

  /** {@return the param of the seed of first weights, shuffling and augmentation} */
  public LongParam seed() {
    return training.seed;
  }

  /** {@return the seed of first weights, shuffling and augmentation} */
  public long getSeed() {
    return (long) getOrDefault(training.seed);
  }

  /**
   * {@return this, with another value}
   *
   * @param value of first weights, shuffling and augmentation
   */
  public LanewiseClassifier setSeed(long value) {
    set(training.seed, value);
    return this;
  }

  /** {@return the param of the optimizer, adam or sgd} */
  public Param<String> optimizer() {
    return training.optimizer;
  }

  /** {@return the optimizer, adam or sgd} */
  public String getOptimizer() {
    return getOrDefault(training.optimizer);
  }

  /**
   * {@return this, with another value}
   *
   * @param value adam or sgd
   */
  public LanewiseClassifier setOptimizer(String value) {
    set(training.optimizer, value);
    return this;
  }

  /** {@return the param of the learning rate} */
  public DoubleParam learningRate() {
    return training.learningRate;
  }

  /** {@return the learning rate} */
  public double getLearningRate() {
    return (double) getOrDefault(training.learningRate);
  }

  /**
   * {@return this, with another value}
   *
   * @param value positive; 0 for what is usual with the optimizer
   */
  public LanewiseClassifier setLearningRate(double value) {
    set(training.learningRate, value);
    return this;
  }

  /** {@return the param of the momentum of sgd} */
  public DoubleParam momentum() {
    return training.momentum;
  }

  /** {@return the momentum of sgd} */
  public double getMomentum() {
    return (double) getOrDefault(training.momentum);
  }

  /**
   * {@return this, with another value}
   *
   * @param value of sgd
   */
  public LanewiseClassifier setMomentum(double value) {
    set(training.momentum, value);
    return this;
  }

  /** {@return the param of the weight decay} */
  public DoubleParam weightDecay() {
    return training.weightDecay;
  }

  /** {@return the weight decay} */
  public double getWeightDecay() {
    return (double) getOrDefault(training.weightDecay);
  }

  /**
   * {@return this, with another value}
   *
   * @param value shrinks kernels in each step by learning rate x this
   */
  public LanewiseClassifier setWeightDecay(double value) {
    set(training.weightDecay, value);
    return this;
  }

  /** {@return the param of further settings of the training} */
  public Param<String> recipe() {
    return training.recipe;
  }

  /** {@return further settings of the training} */
  public String getRecipe() {
    return getOrDefault(training.recipe);
  }

  /**
   * {@return this, with another value}
   *
   * @param value further settings as in schedule=cosine; augment=flip,crop(pad=4)
   */
  public LanewiseClassifier setRecipe(String value) {
    set(training.recipe, value);
    return this;
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
   * @param value how often the training is saved, as 10min, 500steps or 2epochs
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
