package dev.lanewise.cli;

import dev.lanewise.model.Classification;
import dev.lanewise.model.Classifier;
import dev.lanewise.model.Prediction;
import dev.lanewise.model.data.DataException;
import dev.lanewise.network.HeadActivation;
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
    header = "Tells what images are.",
    description = {
      "",
      "Prints one line per image: the file, the most probable class and its probability; of a model"
          + " of labels each with its probability, of numbers each of them.",
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
      description = "Print the K most probable classes or labels. Default: 1 class, all labels.")
  private Integer top;

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
          int most = top == null ? usual(result) : top;
          out.println(json ? result.toJson(image.toString(), most) : image + line(result, most));
        } catch (DataException e) {
          // The others can be classified all the same.
          out.flush();
          code = Mistakes.ofUser(e, spec.commandLine());
        }
      }
      return code;
    }
  }

  private static int usual(Classification result) {
    return result.head() == HeadActivation.SOFTMAX ? 1 : result.outputs().length;
  }

  private static String line(Classification result, int most) {
    StringBuilder line = new StringBuilder();
    if (result.head() == HeadActivation.LINEAR) {
      float[] values = result.outputs();
      for (int i = 0; i < values.length; i++) {
        line.append(String.format(Locale.ROOT, "  %s %.4f", result.classNames().get(i), values[i]));
      }
      return line.toString();
    }
    for (Prediction prediction : result.top(most)) {
      line.append(
          String.format(
              Locale.ROOT, "  %s %.4f", prediction.className(), prediction.probability()));
    }
    return line.toString();
  }
}
