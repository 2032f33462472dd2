package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.report.EvaluationReport;
import dev.lanewise.model.report.Predictions;
import dev.lanewise.model.report.ReportSubject;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.Metric;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a saved model. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Measures loss and metrics of a saved model.",
    description = {
      "",
      "The data are laid out as for 'lanewise train'. Where they have a test part, that part is"
          + " used; where they are those that the model was trained on, what was held out of them"
          + " then, unless --all-images is given; else all of them. Their classes must be those of"
          + " the model.",
      ""
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "The images. Default: the held-out part of the embedded data set.")
  private Path data;

  @Option(
      names = "--all-images",
      description =
          "Also take the images that the model was trained on, where --data has no test part of its"
              + " own.")
  private boolean all;

  @Mixin private PixelOption pixels;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images that are worked on together. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--json",
      description =
          "Print one JSON object in one line: loss and metrics; of classes also accuracy of the"
              + " first 3 and 5 guesses, precision, recall and F1 of each, and the confusion"
              + " matrix; of labels precision, recall, F1 and AUC of each; of numbers the errors of"
              + " each. The line for people goes to stderr.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write a page, DIR/index.html, with all of that and the surest mistakes as pictures.")
  private Path report;

  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--batch", batch, 1);
    pixels.apply();
    if (report != null) {
      ReportFolder.check(spec, report);
    }
    try (Model model = source.open(file, compute.threads())) {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter people = json ? spec.commandLine().getErr() : out;
      ImageDataset images = images(model, people);
      source.nameClasses(model, images.classNames());
      Predictions predictions = model.predictions(images, batch);
      List<Metric> metrics = metrics(model, images);
      Evaluation evaluation = predictions.evaluation(model.loss(), metrics);
      people.println(
          FigureTexts.of(evaluation.figures(), "  ") + "  (" + images.description() + ")");
      if (json) {
        out.println(predictions.toJson(model.loss(), metrics));
      }
      if (report != null) {
        EvaluationReport.write(report, subject(model, images), predictions, model.loss(), metrics);
        people.println("Report    " + ReportFolder.page(report));
      }
    }
    return 0;
  }

  /** Returns what is measured: of the data of the model's own training what was held out. */
  private ImageDataset images(Model model, PrintWriter people) {
    Optional<DatasetPair> pair =
        data == null || all
            ? Optional.empty()
            : ImageOptions.ofTraining(model, data, people::println);
    if (pair.isEmpty() || pair.get().test() == null) {
      return pair.map(DatasetPair::train)
          .orElseGet(() -> DataSource.forEvaluation(data, model.imageShape()));
    }
    if (pair.get().heldOut()) {
      people.println(
          "The model was trained on "
              + data
              + ": measures the images held out of it then; --all-images takes all.");
    }
    return pair.get().test();
  }

  /** Returns what the model was trained with, behind what is usual. */
  private static List<Metric> metrics(Model model, ImageDataset images) {
    Metric usual = Metric.usual(images.targetKind());
    return Stream.concat(
            Stream.of(usual),
            model.metrics().stream().filter(metric -> !metric.name().equals(usual.name())))
        .toList();
  }

  private ReportSubject subject(Model model, ImageDataset images) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", file.toString());
    settings.put("network", model.network().name());
    settings.put("input", model.imageShape() + " of " + model.preprocessing().formula());
    return new ReportSubject("Evaluation of " + file.getFileName(), settings, null, images);
  }
}
