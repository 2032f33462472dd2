package dev.lanewise.spark.ml;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;

/** The columns of {@link LanewiseClassifier}: those that it reads and those that its model adds. */
public abstract sealed class ClassifierColumns extends Estimator<LanewiseClassificationModel>
    permits ClassifierSettings {
  private static final long serialVersionUID = 1;

  /** Those that the model has, too. */
  final ColumnParams columns;

  /** All others. */
  final TrainingParams training;

  private final String uid;

  /** Makes the params of an estimator of a name. */
  ClassifierColumns(String uid) {
    this.uid = uid;
    // These take the uid from this stage, so that it has to be set.
    columns = new ColumnParams(this);
    training = new TrainingParams(this);
  }

  /** Returns this: its setters can be called one after the other. */
  abstract LanewiseClassifier self();

  @Override
  public String uid() {
    return uid;
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
  }
}
