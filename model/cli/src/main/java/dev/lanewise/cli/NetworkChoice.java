package dev.lanewise.cli;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.model.ForeignOptions;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.train.KernelInitializers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which network a command describes: one of a name, or that of a saved model. */
final class NetworkChoice {
  private static final int CLASSES = 6;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Mixin private NetworkOptions network;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes. Default: " + CLASSES + ".")
  private Integer classes;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "A saved model, instead of the options above; or, with --network, a weight file of another"
              + " program.")
  private Path file;

  /** Returns a model of the network; the user closes it. */
  Model open() {
    if (file != null && Files.isRegularFile(file) && !ModelFiles.isModel(file)) {
      return foreign();
    }
    if (file != null) {
      refuse("--network", network.network());
      refuse("--input", network.input());
      refuse("--classes", classes);
      return Model.loadForInference(file, 1);
    }
    OptionChecks.atLeast(spec, "--classes", classes, 2);
    int count = classes == null ? CLASSES : classes;
    InputSize size = network.inputOr(null);
    List<String> names = IntStream.range(0, count).mapToObj(Integer::toString).toList();
    // Nothing is computed, so nothing need be drawn.
    return Model.build(
        network.networkOr(null),
        ModelOptions.of(size.height(), size.width(), names)
            .withThreads(1)
            .withInitializer(KernelInitializers.zeros()));
  }

  /** Opens a weight file of another program, which does not say its network. */
  private Model foreign() {
    refuse("--classes", classes);
    if (network.network() == null) {
      throw new ParameterException(
          spec.commandLine(),
          "--model: "
              + file
              + " is not a model that Lanewise saved; --network has to say which network it is");
    }
    ForeignOptions options = ForeignOptions.of(network.network());
    InputSize input = network.input();
    return Model.open(
        file, input == null ? options : options.withInput(input.height(), input.width()), 1);
  }

  private void refuse(String option, Object value) {
    if (value != null) {
      throw new ParameterException(
          spec.commandLine(),
          "--model: " + option + " is part of the saved model, and cannot be given beside it");
    }
  }
}
