package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.train.Adam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks that tell any number of labels, or numbers: trained, saved, loaded. */
class MeasuredTrainingTest {
  private static final int BATCH = 16;

  @TempDir private Path folder;

  private static Model model(TargetKind kind) {
    HeadActivation head = Loss.usual(kind).head();
    return Model.build(
        TinyNetwork::new,
        ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Measured.NAMES, head)
            .withSeed(3)
            .withThreads(2));
  }

  private static History trained(Model model, TargetKind kind, Metric... metrics) {
    model.compile(new Adam(1e-2), Loss.usual(kind), metrics);
    ImageDataset train = new Measured(kind, 160, 1);
    return model.fit(
        train,
        FitOptions.epochs(12).withBatchSize(BATCH).withValidation(new Measured(kind, 60, 2)));
  }

  @Test
  void labelsAreLearnedEachByItself() {
    try (Model model = model(TargetKind.LABELS)) {
      History history =
          trained(model, TargetKind.LABELS, Metric.ACCURACY, Metric.F1_SCORE, Metric.AUC);
      assertThat(history.epochs().getLast().figures().names())
          .containsExactly(
              "loss",
              "accuracy",
              "f1_score",
              "auc",
              "val_loss",
              "val_accuracy",
              "val_f1_score",
              "val_auc");
      Evaluation test = model.evaluate(new Measured(TargetKind.LABELS, 60, 2), BATCH);
      assertThat(test.figures()).isEqualTo(history.epochs().getLast().figures().validation());
      assertThat(test.accuracy()).isGreaterThan(0.9);
      assertThat(test.figures().of("auc")).isGreaterThan(0.95);
      for (float[] row : model.predict(new Measured(TargetKind.LABELS, 9, 4), BATCH)) {
        assertThat(row).hasSize(2);
      }
    }
  }

  @Test
  void numbersAreLearned() {
    try (Model model = model(TargetKind.VALUES)) {
      History history = trained(model, TargetKind.VALUES, Metric.MEAN_ABSOLUTE_ERROR);
      // Half of the range would be off by a quarter on the average.
      assertThat(history.epochs().getLast().figures().of("val_mean_absolute_error"))
          .isLessThan(0.12);
      assertThat(history.epochs().getLast().accuracy()).isNaN();
      assertThat(history.toJson()).contains("\"val_mean_absolute_error\": [");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.h5", "model.safetensors"})
  void filesKeepHeadLossAndMetrics(String name) throws java.io.IOException {
    Path file = folder.resolve(name);
    ImageDataset test = new Measured(TargetKind.LABELS, 60, 2);
    try (Model model = model(TargetKind.LABELS)) {
      trained(model, TargetKind.LABELS, Metric.ACCURACY, Metric.AUC);
      model.save(file);
      try (Model loaded = Model.load(file, TinyNetwork::new, 1)) {
        assertThat(loaded.network().head()).isEqualTo(HeadActivation.SIGMOID);
        assertThat(loaded.loss()).isSameAs(Loss.BINARY_CROSSENTROPY);
        assertThat(loaded.metrics()).containsExactly(Metric.ACCURACY, Metric.AUC);
        assertThat(loaded.predict(test, BATCH)).isDeepEqualTo(model.predict(test, BATCH));
        assertThat(loaded.evaluate(test, BATCH)).isEqualTo(model.evaluate(test, BATCH));
        assertThat(loaded.network().layerInfos().getLast().config())
            .isEqualTo(new LayerConfig.Classification(2, HeadActivation.SIGMOID));
        assertThat(loaded.history().epochs()).isEqualTo(model.history().epochs());
      }
      if (name.endsWith(".h5")) {
        String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(bytes)
            .contains("\"units\":2,\"activation\":\"sigmoid\"")
            .contains("\"loss\":\"binary_crossentropy\",\"metrics\":[\"accuracy\"]");
      }
      assertThat(ModelFiles.isModel(file)).isTrue();
    }
  }

  @Test
  void smoothedLabelsAreHalfOfTheShare() {
    try (Model model = model(TargetKind.LABELS)) {
      model.compile(new Adam(1e-3), Loss.BINARY_CROSSENTROPY);
      Recipe smoothed = Recipe.PLAIN.withLabelSmoothing(0.2).withAugmentation("mixup");
      model.fit(new Measured(TargetKind.LABELS, 20, 1), FitOptions.epochs(1).withRecipe(smoothed));
    }
  }

  @Test
  void whatDoesNotGoTogetherIsToldInOneSentence() {
    try (Model model = model(TargetKind.LABELS)) {
      assertThatThrownBy(() -> model.compile(new Adam(1e-3), Loss.MEAN_SQUARED_ERROR))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the loss mean_squared_error requires a network with the head linear, got sigmoid");
      assertThatThrownBy(
              () ->
                  model.compile(
                      new Adam(1e-3), Loss.BINARY_CROSSENTROPY, Metric.MEAN_ABSOLUTE_ERROR))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the metric mean_absolute_error cannot be measured over images with any number of"
                  + " labels each");
      model.compile(new Adam(1e-3), Loss.BINARY_CROSSENTROPY);
      assertThatThrownBy(
              () -> model.fit(new Measured(TargetKind.VALUES, 20, 1), FitOptions.epochs(1)))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the loss binary_crossentropy requires images with any number of labels each, got"
                  + " images with numbers");
      ImageDataset train = new Measured(TargetKind.LABELS, 20, 1);
      assertThatThrownBy(() -> fit(model, train, Map.of("class_weights", "balanced")))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "class weights require images with one class each, got images with any number of"
                  + " labels");
      assertThatThrownBy(() -> fit(model, train, Map.of("watch", "val_auc")))
          .isInstanceOf(ModelException.class)
          .hasMessage("watch requires a figure that is measured, of loss, got val_auc");
    }
  }

  private static void fit(Model model, ImageDataset train, Map<String, String> recipe) {
    model.fit(train, FitOptions.epochs(1).withRecipe(Recipe.of(recipe)));
  }

  @Test
  void resultsAreWhatTheHeadTells() {
    var labels =
        new Classification(
            List.of("a", "b", "c"), new float[] {0.25f, 0.75f, 0.5f}, HeadActivation.SIGMOID);
    assertThat(labels).hasToString("b 0.7500");
    assertThat(labels.above(0.3f)).extracting(Prediction::className).containsExactly("b", "c");
    assertThat(labels.toJson("x.png", 2))
        .isEqualTo(
            "{\"image\": \"x.png\", \"labels\": [{\"label\": \"b\", \"index\": 1,"
                + " \"probability\": 0.75}, {\"label\": \"c\", \"index\": 2,"
                + " \"probability\": 0.5}]}");
    var numbers =
        new Classification(List.of("x", "y"), new float[] {-2, 3.5f}, HeadActivation.LINEAR);
    assertThat(numbers).hasToString("x -2.0000, y 3.5000");
    assertThat(numbers.outputs()).containsExactly(-2, 3.5f);
    assertThat(numbers.toJson("x.png", 1))
        .isEqualTo(
            "{\"image\": \"x.png\", \"values\": [{\"name\": \"x\", \"index\": 0, \"value\": -2.0},"
                + " {\"name\": \"y\", \"index\": 1, \"value\": 3.5}]}");
    assertThatThrownBy(numbers::best)
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "a probability requires a network that tells classes or labels, got one of numbers");
  }

  @Test
  void oneLabelAloneIsEnoughBehindSigmoid() {
    ModelOptions.of(8, 8, List.of("only"), HeadActivation.SIGMOID);
    assertThatThrownBy(() -> ModelOptions.of(8, 8, List.of("only")))
        .isInstanceOf(ModelException.class)
        .hasMessage("a classifier requires at least 2 classes, got 1");
  }
}
