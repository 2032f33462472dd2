package dev.lanewise.model.report;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.text.Numbers;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a page that shows what a model makes of images. */
public final class EvaluationReport {
  private static final int FEW = 3;
  private static final int MORE = 5;

  private EvaluationReport() {}

  /**
   * Writes {@code index.html} into a folder, which is made where it is not there.
   *
   * @param folder where the page goes
   * @param subject what it is about
   * @param predictions of the images
   * @param loss what is measured first
   * @param metrics what is measured beside it
   * @throws dev.lanewise.formats.saved.ModelFileException where the page cannot be written
   */
  public static void write(
      Path folder,
      ReportSubject subject,
      Predictions predictions,
      Loss loss,
      List<Metric> metrics) {
    Evaluation evaluation = predictions.evaluation(loss, metrics);
    Map<String, String> figures = new LinkedHashMap<>();
    evaluation
        .figures()
        .forEach((name, value) -> figures.put(name.replace('_', ' '), Numbers.fixed4(value)));
    for (int k : new int[] {FEW, MORE}) {
      if (predictions.kind() == TargetKind.CLASS && k < predictions.names().size()) {
        figures.put("top-" + k + " accuracy", Numbers.fixed4(predictions.topAccuracy(k)));
      }
    }
    figures.put("images", Integer.toString(evaluation.images()));
    String time = LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ');
    Page page =
        new Page(subject.title(), "evaluated " + time).section("Result", Html.figures(figures));
    PredictionSections.add(page, predictions, "");
    page.section("Settings", Html.facts(subject.settings()))
        .section("Images", Html.facts(Facts.data(subject)))
        .section("Machine", Html.facts(Facts.machine()))
        .write(folder);
  }
}
