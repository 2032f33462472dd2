package example;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import dev.lanewise.spark.ml.LanewiseClassifier;
import java.io.IOException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains on a folder of images with a sub-folder per class, and classifies them. */
public final class TrainOnSpark {
  private TrainOnSpark() {}

  /** Reads images as bytes, each with the name of its folder. */
  static Dataset<Row> images(SparkSession session, String folder) {
    return session
        .read()
        .format("binaryFile")
        .option("recursiveFileLookup", true)
        .load(folder)
        .withColumn("label", regexp_extract(col("path"), "([^/]+)/[^/]+$", 1))
        .select("path", "content", "label");
  }

  /** Says how to train; {@code work} is a folder that all executors see. */
  static LanewiseClassifier classifier(int workers, String work) {
    return new LanewiseClassifier()
        .setImageCol("content")
        .setIdCol("path")
        .setNetwork("cifarresnet20")
        .setInputHeight(32)
        .setInputWidth(32)
        .setEpochs(20)
        .setBatchSize(64)
        .setNumWorkers(workers)
        .setValidationSplit(0.1)
        .setRecipe("schedule=cosine; augment=flip")
        .setCheckpointDir(work);
  }

  /** Trains, saves the pipeline and returns it. */
  static PipelineModel train(Dataset<Row> images, LanewiseClassifier classifier, String save)
      throws IOException {
    PipelineModel model =
        new Pipeline().setStages(new PipelineStage[] {classifier}).fit(images);
    model.write().overwrite().save(save);
    return model;
  }

  /** Runs with a folder of images, the number of workers, a work folder, where the model goes. */
  public static void main(String[] args) throws IOException {
    SparkSession session = SparkSession.builder().appName("example").getOrCreate();
    Dataset<Row> images = images(session, args[0]);
    PipelineModel model =
        train(images, classifier(Integer.parseInt(args[1]), args[2]), args[3]);
    Dataset<Row> results = model.transform(images);
    long right = results.where("label = predictedLabel").count();
    System.out.println(right + " of " + results.count() + " images are recognised");
    session.stop();
  }
}
