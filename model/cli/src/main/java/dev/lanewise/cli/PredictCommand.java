package dev.lanewise.cli;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Prediction;
import dev.lanewise.model.data.DataException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Classifies images. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Tells the class of images, and its probability.",
    description = {
      "",
      "Prints one line per image: the file, the most probable class and its probability.",
      ""
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(
      names = "--top",
      paramLabel = "K",
      defaultValue = "1",
      description = "Print the K most probable classes. Default: ${DEFAULT-VALUE}.")
  private int top;

  @Option(
      names = "--json",
      description = "Print one JSON object per image, each in one line, with all digits.")
  private boolean json;

  @Mixin private ComputeOptions compute;

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "JPEG or PNG files of any size; they are resized to the model's.")
  private List<Path> images;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--top", top, 1);
    try (Classifier classifier = Classifier.of(source.open(file, compute.threads()))) {
      PrintWriter out = spec.commandLine().getOut();
      int code = 0;
      for (Path image : images) {
        try {
          Classification result = classifier.classify(image);
          out.println(json ? result.toJson(image.toString(), top) : image + line(result.top(top)));
        } catch (DataException e) {
          // The others can be classified all the same.
          out.flush();
          code = Mistakes.ofUser(e, spec.commandLine());
        }
      }
      return code;
    }
  }

  private static String line(List<Prediction> predictions) {
    StringBuilder line = new StringBuilder();
    for (Prediction prediction : predictions) {
      line.append(
          String.format(
              Locale.ROOT, "  %s %.4f", prediction.className(), prediction.probability()));
    }
    return line.toString();
  }
}
