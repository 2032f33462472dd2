package dev.lanewise.cli;

import dev.lanewise.model.Model;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints a network's layers. */
@Command(
    name = "summary",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Prints the layers of a network as Keras does, and what each of them costs.",
    description = {
      "",
      "FLOPs are floating point operations for one image; a multiply-add counts as 2. Memory is what"
          + " a layer's output for one image takes as float32.",
      ""
    })
final class SummaryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private NetworkChoice network;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "Images of the training step whose planned memory is told. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Override
  public Integer call() {
    OptionChecks.atLeast(spec, "--batch", batch, 1);
    try (Model model = network.open()) {
      spec.commandLine().getOut().println(model.summary(batch, Terminal.columns()));
    }
    return 0;
  }
}
