package dev.lanewise.spark.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/** What {@link LanewiseClassifier} trains and how: what its result depends on. */
public abstract sealed class ClassifierSettings extends ClassifierColumns
    permits LanewiseClassifier {
  private static final long serialVersionUID = 1;

  /** Makes the params of an estimator of a name. */
  ClassifierSettings(String uid) {
    super(uid);
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
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
    return self();
  }
}
