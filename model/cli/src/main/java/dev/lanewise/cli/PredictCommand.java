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
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Option(
      names = "--csv",
      description =
          "Print a table: a line of names, and for each image the file and what the model says of"
              + " every class, label or number, with all digits.")
  private boolean csv;

  @Mixin private PixelOption pixels;

  @Mixin private ComputeOptions compute;

  @Mixin private ImagePaths images;

  private int code;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--top", top, 1);
    pixels.apply();
    if (csv && (json || top != null)) {
      throw new ParameterException(
          spec.commandLine(), "--csv tells of every class: it goes with neither --json nor --top");
    }
    List<Path> files = images.files();
    try (Classifier classifier = Classifier.of(source.open(file, compute.threads()));
        CountBar bar = new CountBar(spec.commandLine().getErr(), files.size())) {
      if (csv) {
        Stream<String> head = Stream.concat(Stream.of("image"), classifier.classNames().stream());
        spec.commandLine().getOut().println(Rows.csv(head.toList()));
      }
      InOrder.of(
          files,
          classifier.together() + compute.threads(),
          classifier::classify,
          (image, result) -> bar.done(() -> print(image, result)));
      return code;
    }
  }

  private void print(Path image, Supplier<Classification> result) {
    PrintWriter out = spec.commandLine().getOut();
    try {
      out.println(text(image, result.get()));
    } catch (DataException e) {
      // The others can be classified all the same.
      out.flush();
      code = Mistakes.ofUser(e, spec.commandLine());
    }
  }

  private String text(Path image, Classification result) {
    if (csv) {
      return Rows.csv(image.toString(), result.outputs());
    }
    int most = top == null ? usual(result) : top;
    return json ? result.toJson(image.toString(), most) : image + line(result, most);
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
