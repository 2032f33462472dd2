package dev.lanewise.spark.ml;

import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** What a training is told beside the columns that its model has, too. */
final class TrainingParams implements Serializable {
  private static final long serialVersionUID = 1;

  final Param<String> labelCol;
  final Param<String> idCol;
  final Param<String> validationIndicatorCol;
  final DoubleParam validationSplit;
  final Param<String> network;
  final IntParam inputHeight;
  final IntParam inputWidth;
  final IntParam epochs;
  final IntParam batchSize;
  final IntParam shards;
  final LongParam seed;
  final Param<String> optimizer;
  final DoubleParam learningRate;
  final DoubleParam momentum;
  final DoubleParam weightDecay;
  final Param<String> recipe;
  final IntParam numWorkers;
  final IntParam threadsPerWorker;
  final Param<String> checkpointDir;
  final Param<String> checkpointInterval;
  final Param<String> snapshotDir;
  final IntParam maxFailures;

  /**
   * Makes the params of a stage whose uid is set.
   *
   * @param stage gets their defaults
   */
  TrainingParams(Params stage) {
    String uid = stage.uid();
    labelCol = new Param<>(uid, "labelCol", "classes: texts or whole numbers", String.class);
    idCol =
        new Param<>(
            uid,
            "idCol",
            "what tells the rows apart, by which they are ordered; empty for the images themselves",
            String.class);
    validationIndicatorCol =
        new Param<>(
            uid,
            "validationIndicatorCol",
            "true where an image is held out of training to validate it; empty for none",
            String.class);
    validationSplit =
        new DoubleParam(
            uid,
            "validationSplit",
            "share of each class that is held out where no column says so",
            ParamValidators.inRange(0, 1, true, false));
    network = new Param<>(uid, "network", "name of the network", String.class);
    inputHeight =
        new IntParam(
            uid, "inputHeight", "rows that images are resized to", ParamValidators.gtEq(1));
    inputWidth =
        new IntParam(
            uid,
            "inputWidth",
            "columns of pixels that images are resized to",
            ParamValidators.gtEq(1));
    epochs = new IntParam(uid, "epochs", "passes over the images", ParamValidators.gtEq(1));
    batchSize =
        new IntParam(
            uid, "batchSize", "images per step, over all workers", ParamValidators.gtEq(1));
    shards =
        new IntParam(
            uid,
            "shards",
            "parts of each batch, a multiple of the number of workers; 0 for numWorkers",
            ParamValidators.gtEq(0));
    seed = new LongParam(uid, "seed", "of first weights, shuffling and augmentation");
    optimizer = new Param<>(uid, "optimizer", "adam or sgd", String.class);
    learningRate =
        new DoubleParam(
            uid,
            "learningRate",
            "positive; 0 for what is usual with the optimizer",
            ParamValidators.gtEq(0));
    momentum =
        new DoubleParam(uid, "momentum", "of sgd", ParamValidators.inRange(0, 1, true, false));
    weightDecay =
        new DoubleParam(
            uid,
            "weightDecay",
            "shrinks kernels in each step by learning rate x this",
            ParamValidators.gtEq(0));
    recipe =
        new Param<>(
            uid,
            "recipe",
            "further settings as in schedule=cosine; augment=flip,crop(pad=4)",
            String.class);
    numWorkers =
        new IntParam(
            uid,
            "numWorkers",
            "workers that train together, at most; 0 for one on each executor",
            ParamValidators.gtEq(0));
    threadsPerWorker =
        new IntParam(
            uid,
            "threadsPerWorker",
            "threads of each worker that compute; 0 for its cores less those that exchange",
            ParamValidators.gtEq(0));
    checkpointDir =
        new Param<>(
            uid,
            "checkpointDir",
            "folder on a file system that all workers see, for checkpoints; may be empty with a local master",
            String.class);
    checkpointInterval =
        new Param<>(
            uid,
            "checkpointInterval",
            "how often the training is saved, as 10m, 500steps or 2epochs",
            String.class);
    snapshotDir =
        new Param<>(
            uid,
            "snapshotDir",
            "folder for the images that are trained on; empty for checkpointDir",
            String.class);
    maxFailures =
        new IntParam(uid, "maxFailures", "attempts that may fail", ParamValidators.gtEq(1));
    stage.setDefault(labelCol, "label");
    stage.setDefault(idCol, "");
    stage.setDefault(validationIndicatorCol, "");
    stage.setDefault(validationSplit, 0.0);
    stage.setDefault(network, "resnet50");
    stage.setDefault(inputHeight, 64);
    stage.setDefault(inputWidth, 64);
    stage.setDefault(epochs, 10);
    stage.setDefault(batchSize, 32);
    stage.setDefault(shards, 0);
    stage.setDefault(seed, 0L);
    stage.setDefault(optimizer, "adam");
    stage.setDefault(learningRate, 0.0);
    stage.setDefault(momentum, 0.0);
    stage.setDefault(weightDecay, 0.0);
    stage.setDefault(recipe, "");
    stage.setDefault(numWorkers, 1);
    stage.setDefault(threadsPerWorker, 0);
    stage.setDefault(checkpointDir, "");
    stage.setDefault(checkpointInterval, "10m");
    stage.setDefault(snapshotDir, "");
    stage.setDefault(maxFailures, 4);
  }
}
