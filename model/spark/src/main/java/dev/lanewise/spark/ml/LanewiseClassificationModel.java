package dev.lanewise.spark.ml;

import dev.lanewise.spark.data.ImageColumns;
import dev.lanewise.spark.data.Sha256;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Classifies the images of a DataFrame, in batches. The model goes to each executor once, whose
 * tasks share it.
 */
public final class LanewiseClassificationModel extends Model<LanewiseClassificationModel>
    implements MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final byte[] file;
  private final ColumnParams columns;
  private final IntParam threads;
  private transient Broadcast<byte[]> broadcast;

  /**
   * Makes a model of a file that Lanewise has written, on one machine or several.
   *
   * @param file its bytes
   */
  public LanewiseClassificationModel(byte[] file) {
    this(Identifiable$.MODULE$.randomUID("lanewiseClassifier"), file);
  }

  /** Makes a model with a name. */
  LanewiseClassificationModel(String uid, byte[] file) {
    this.uid = uid;
    this.file = file;
    // These take the uid from this stage, so that it has to be set.
    columns = new ColumnParams(this);
    threads =
        new IntParam(
            uid,
            "threads",
            "threads of each executor that classify; 0 for its cores",
            ParamValidators.gtEq(0));
    setDefault(threads, 0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the bytes of the model's file, as {@code Model.load} and the tool take it} */
  public byte[] file() {
    return file.clone();
  }

  /**
   * Classifies.
   *
   * @throws dev.lanewise.model.data.DataException where a column is missing, of a wrong type, or
   *     there already; what is wrong with an image is found once the rows are asked for
   */
  @Override
  public Dataset<Row> transform(Dataset<?> images) {
    StructType schema = images.schema();
    StructType wanted = transformSchema(schema);
    ClassifyPartition work =
        new ClassifyPartition(
            broadcast(images),
            Sha256.text(file),
            (int) getOrDefault(threads),
            schema.fieldIndex(getImageCol()),
            new OutputColumns(columns, this),
            getHandleInvalid());
    return images.toDF().mapPartitions(work, Encoders.row(wanted));
  }

  private synchronized Broadcast<byte[]> broadcast(Dataset<?> images) {
    if (broadcast == null) {
      broadcast = new JavaSparkContext(images.sparkSession().sparkContext()).broadcast(file);
    }
    return broadcast;
  }

  /**
   * {@return the columns with those that are added}
   *
   * @throws dev.lanewise.model.data.DataException where a column is missing, of a wrong type, or
   *     there already
   */
  @Override
  public StructType transformSchema(StructType schema) {
    ImageColumns.requireImages(schema, getImageCol());
    return new OutputColumns(columns, this).added(schema);
  }

  @Override
  public LanewiseClassificationModel copy(ParamMap extra) {
    LanewiseClassificationModel copy = new LanewiseClassificationModel(uid, file);
    copyValues(copy, extra);
    if (hasParent()) {
      copy.setParent(parent());
    }
    return copy;
  }

  @Override
  public MLWriter write() {
    return new ModelFolder.Writer(this, file);
  }

  /** {@return what reads a model that {@link #write} has written} */
  public static MLReader<LanewiseClassificationModel> read() {
    return new ModelFolder.Reader();
  }

  /**
   * {@return a model that was saved}
   *
   * @param path where
   */
  public static LanewiseClassificationModel load(String path) {
    return read().load(path);
  }

  /** {@return the param of the threads of each executor that classify} */
  public IntParam threads() {
    return threads;
  }

  /** {@return the threads of each executor that classify} */
  public int getThreads() {
    return (int) getOrDefault(threads);
  }

  /**
   * {@return this, with another value}
   *
   * @param value threads of each executor that classify; 0 for its cores
   */
  public LanewiseClassificationModel setThreads(int value) {
    set(threads, value);
    return this;
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
  public LanewiseClassificationModel setImageCol(String value) {
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
  public LanewiseClassificationModel setPredictionCol(String value) {
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
  public LanewiseClassificationModel setProbabilityCol(String value) {
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
  public LanewiseClassificationModel setPredictedLabelCol(String value) {
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
  public LanewiseClassificationModel setHandleInvalid(String value) {
    set(columns.handleInvalid, value);
    return this;
  }
}
