package dev.lanewise.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.spark.LocalSpark;
import dev.lanewise.spark.TestImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LanewiseClassifierTest {
  private static final int IMAGES = 16;

  private static SparkSession session;
  private static Dataset<Row> images;
  private static LanewiseClassificationModel model;

  @TempDir private static Path trainings;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    session = LocalSpark.session("local[2]");
    images = TestImages.frame(session, IMAGES, 32);
    model = classifier().setCheckpointDir(trainings.toString()).fit(images);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static LanewiseClassifier classifier() {
    return new LanewiseClassifier()
        .setImageCol("content")
        .setIdCol("path")
        .setNetwork("cifarresnet20")
        .setInputHeight(32)
        .setInputWidth(32)
        .setEpochs(1)
        .setBatchSize(8)
        .setNumWorkers(2)
        .setRecipe("schedule=cosine; augment=flip");
  }

  @Test
  void everyParamHasItsGetter() {
    LanewiseClassifier stage = new LanewiseClassifier();
    assertThat(stage.params()).hasSize(27);
    for (Param<?> param : stage.params()) {
      assertThat(param.parent()).isEqualTo(stage.uid());
      assertThat(stage.getDefault(param).isDefined()).as(param.name()).isTrue();
      assertThat(stage.getParam(param.name())).isSameAs(param);
    }
    assertThat(stage.explainParams()).contains("shards: parts of each batch");
    LanewiseClassifier copy = classifier().copy(new ParamMap().put(stage.seed().w(3L)));
    assertThat(copy.getNetwork()).isEqualTo("cifarresnet20");
    assertThatThrownBy(() -> classifier().setHandleInvalid("ignore"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> classifier().setEpochs(0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void classifiesAsTheModelAloneDoes() throws IOException {
    List<Row> rows = model.transform(images.repartition(3)).orderBy("path").collectAsList();
    assertThat(rows).hasSize(IMAGES);
    try (Classifier alone = Classifier.load(new ByteArrayInputStream(model.file()), 1)) {
      for (Row row : rows) {
        byte[] pixels = Images.decode("x", row.<byte[]>getAs("content"), ImageShape.rgb(32, 32));
        Classification wanted = alone.classifyPixels(List.of(pixels)).getFirst();
        double[] probabilities = row.<Vector>getAs("probability").toArray();
        assertThat(probabilities).containsExactly(wanted.probability(0), wanted.probability(1));
        assertThat(row.<String>getAs("predictedLabel")).isEqualTo(wanted.best().className());
        assertThat(row.<Double>getAs("prediction")).isEqualTo(wanted.best().index());
      }
    }
  }

  @Test
  void sameImagesAndParamsComeToTheSameModel() {
    LanewiseClassificationModel again =
        classifier().setNumWorkers(1).setShards(2).fit(images.repartition(5));
    assertThat(again.file()).isEqualTo(model.file());
  }

  @Test
  void rowsWithoutUsableImagesAreHandledAsAsked() {
    List<Row> rows = new ArrayList<>(TestImages.rows(4, 32));
    rows.add(RowFactory.create("broken.png", new byte[] {1}, "red"));
    rows.add(RowFactory.create("none.png", null, "red"));
    Dataset<Row> frame = session.createDataFrame(rows, TestImages.SCHEMA);
    LanewiseClassificationModel copy = model.copy(new ParamMap());
    assertThat(copy.setHandleInvalid("skip").transform(frame).count()).isEqualTo(4);
    Dataset<Row> kept = copy.setHandleInvalid("keep").transform(frame);
    assertThat(kept.where("prediction is null and probability is null").count()).isEqualTo(2);
    assertThat(kept.where("predictedLabel is not null").count()).isEqualTo(4);
    assertThatThrownBy(() -> model.transform(frame.where("path = 'broken.png'")).collect())
        .hasStackTraceContaining("requires a JPEG or PNG, got something else (path=broken.png");
  }

  @Test
  void isSavedAndLoaded() throws IOException {
    String place = folder.resolve("model").toString();
    model.write().save(place);
    LanewiseClassificationModel loaded = LanewiseClassificationModel.load(place);
    assertThat(loaded.uid()).isEqualTo(model.uid());
    assertThat(loaded.getImageCol()).isEqualTo("content");
    assertThat(loaded.file()).isEqualTo(model.file());
    String estimator = folder.resolve("estimator").toString();
    classifier().setSeed(7).write().save(estimator);
    LanewiseClassifier read = LanewiseClassifier.load(estimator);
    assertThat(read.getSeed()).isEqualTo(7);
    assertThat(read.getRecipe()).isEqualTo("schedule=cosine; augment=flip");
  }

  @Test
  void worksInPipelinesAndCrossValidation() throws IOException {
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .setStringOrderType("alphabetAsc");
    LanewiseClassifier classifier = classifier().setLabelCol("index").setNumWorkers(1);
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {indexer, classifier});
    ParamMap[] grid = new ParamGridBuilder().addGrid(classifier.seed(), new long[] {3}).build();
    CrossValidatorModel best =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEstimatorParamMaps(grid)
            .setEvaluator(
                new MulticlassClassificationEvaluator()
                    .setLabelCol("index")
                    .setMetricName("accuracy"))
            .setNumFolds(2)
            .fit(images);
    assertThat(best.avgMetrics()).hasSize(1);
    String place = folder.resolve("pipeline").toString();
    ((PipelineModel) best.bestModel()).write().save(place);
    Dataset<Row> results = PipelineModel.load(place).transform(images);
    assertThat(results.select("prediction", "index", "predictedLabel").count()).isEqualTo(IMAGES);
  }

  @Test
  void refusesParamsThatDoNotGoTogether() {
    assertThatThrownBy(() -> classifier().setNumWorkers(0).fit(images))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("numWorkers=0, for all executors, requires shards");
    assertThatThrownBy(() -> classifier().setShards(3).fit(images))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("2 workers require a multiple of 2 shards, got 3");
    assertThatThrownBy(() -> classifier().setRecipe("speed").fit(images))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the recipe requires settings as in");
    assertThatThrownBy(() -> classifier().setLabelCol("class").fit(images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("no label column 'class'");
    assertThatThrownBy(() -> classifier().setPredictionCol("path").fit(images))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("has a column 'path' already");
  }
}
