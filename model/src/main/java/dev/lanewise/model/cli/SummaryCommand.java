package dev.lanewise.model.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a network's layers. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Prints the layers of a network as Keras does, and counts its parameters.")
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "resnet50",
      description = "The network. Default: ${DEFAULT-VALUE}.")
  private String network;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      defaultValue = "64x64",
      converter = InputSize.Converter.class,
      description = "Height and width of the input images. Default: ${DEFAULT-VALUE}.")
  private InputSize input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "6",
      description = "Number of classes. Default: ${DEFAULT-VALUE}.")
  private int classes;

  @Override
  public Integer call() {
    Checks.atLeast(spec, "--classes", classes, 2);
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    ModelOptions options = ModelOptions.of(input.height(), input.width(), names).withThreads(1);
    try (Model model = Model.build(network, options)) {
      spec.commandLine().getOut().println(model.summary());
    }
    return 0;
  }
}
