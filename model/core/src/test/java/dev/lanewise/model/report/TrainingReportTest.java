package dev.lanewise.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Stripes;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.train.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingReportTest {
  private static final ImageDataset TRAIN = new Stripes(28, 1);
  private static final ImageDataset TEST = new Stripes(9, 2);

  @TempDir private Path folder;

  private static Model model() {
    Model model =
        Model.build(TinyNetwork::new, ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES));
    model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static FitOptions options() {
    return FitOptions.epochs(3)
        .withBatchSize(6)
        .withRecipe(Recipe.PLAIN.withAveraging(0.9))
        .withValidation(TEST);
  }

  private static List<float[]> parameters(Model model) {
    return model.network().parameters().stream().map(Parameter::values).toList();
  }

  private TrainingReport report(Model model) {
    return new TrainingReport(
        folder,
        new ReportSubject("Training of <b>", Map.of("seed", "1"), TRAIN, TEST),
        images -> model.predictEvaluated(images, 6));
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }

  @Test
  void showsTheTrainingAndLeavesItsBitsAsTheyAre() throws IOException {
    try (Model plain = model();
        Model shown = model()) {
      plain.fit(TRAIN, options());
      shown.fit(TRAIN, options().withListener(report(shown)));
      List<float[]> wanted = parameters(plain);
      List<float[]> got = parameters(shown);
      for (int i = 0; i < wanted.size(); i++) {
        assertThat(got.get(i)).isEqualTo(wanted.get(i));
      }
    }
    assertThat(page())
        .contains("<title>Training of &lt;b&gt;</title>")
        .contains("training is done")
        .contains("aria-label=\"Loss\"")
        .contains("aria-label=\"Accuracy\"")
        .contains("aria-label=\"Learning rate\"")
        .contains("<title>epoch 2\ntraining ")
        .contains("Confusion matrix, of the result")
        .contains("waiting for images")
        .contains("<th>average weights</th><td>0.9</td>")
        .contains("<th>seed</th><td>1</td>")
        .contains("28 striped images; CRC32C of labels and sample ");
  }

  @Test
  void needsNothingBesideItself() throws IOException {
    TrainingReport report =
        new TrainingReport(
            folder,
            new ReportSubject("x", Map.of(), TRAIN, TEST),
            // All are taken for the first class.
            images -> new float[images.size()][3]);
    report.onTrainBegin(Runs.at(0));
    assertThat(page()).contains("training has begun");
    report.onEpochEnd(Runs.epoch(1));
    assertThat(page())
        .contains("epoch 1 of 9 is done")
        .contains("Confusion matrix, after epoch 1")
        .contains("src=\"data:image/png;base64,")
        .doesNotContain("NaN")
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContainPattern("(src|href)=\"(?!data:)")
        .doesNotContain("url(");
    report.onTrainFailed(new IllegalStateException("no light"));
    assertThat(page()).contains("training failed: no light");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void showsWhatAugmentationDoes() throws IOException {
    TrainingReport report =
        new TrainingReport(
            folder,
            new ReportSubject("x", Map.of(), TRAIN, TEST),
            images -> new float[images.size()][3]);
    report.onTrainBegin(Runs.at(0));
    assertThat(page()).doesNotContain("What training sees of images");
    report.onTrainBegin(Runs.with(Recipe.PLAIN.withAugmentation("flip")));
    assertThat(page())
        .contains("What training sees of images")
        .contains(
            "<img class=\"sheet\" alt=\"images and what is made of them\" src=\"data:image/png");
  }

  @Test
  void evaluationIsAPageWithoutCurves() throws IOException {
    Predictions predictions = new Predictions(TEST, new float[9][3]);
    EvaluationReport.write(
        folder,
        new ReportSubject("Evaluation", Map.of(), null, TEST),
        predictions,
        Loss.CATEGORICAL_CROSSENTROPY,
        List.of(Metric.ACCURACY));
    assertThat(page())
        .contains("title=\"down taken for across: 3 of 3\"")
        .doesNotContain("class=\"chart\" role");
  }

  @Test
  void manyClassesAreToldByTheirPairs() {
    List<String> names = IntStream.range(0, 50).mapToObj(i -> "c" + i).toList();
    String html =
        new ClassTables(new ConfusionMatrix(names, new int[] {7, 7, 8}, new int[] {9, 9, 8}))
            .confusion();
    assertThat(html).contains("<th>c7</th><td class=\"text\">c9</td><td>2</td><td>2</td>");
  }
}
