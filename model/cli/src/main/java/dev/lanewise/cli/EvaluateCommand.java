package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.training.Evaluation;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    header = "Measures loss and accuracy of a saved model.",
    description = {
      "",
      "The data are laid out as for 'lanewise train'. Where they have a test part, that part is"
          + " used, else all of them. Their classes must be those of the model.",
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
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images that are worked on together. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--json",
      description = "Print one JSON object in one line, and the line for people on stderr.")
  private boolean json;

  @Mixin private ComputeOptions compute;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--batch", batch, 1);
    try (Model model = source.open(file, compute.threads())) {
      ImageDataset images = DataSource.forEvaluation(data, model.imageShape());
      source.nameClasses(model, images.classNames());
      Evaluation evaluation = model.evaluate(images, batch);
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter people = json ? spec.commandLine().getErr() : out;
      people.println(
          String.format(
              Locale.ROOT,
              "loss %.4f  accuracy %.4f  (%s)",
              evaluation.loss(),
              evaluation.accuracy(),
              images.description()));
      if (json) {
        out.println(evaluation.toJson());
      }
    }
    return 0;
  }
}
