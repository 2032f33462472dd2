package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.Model;
import dev.lanewise.model.plot.NetworkPlot;
import dev.lanewise.model.plot.PlotOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Draws a network. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Draws a network as SVG: blocks, layers and shortcuts.",
    description = {
      "",
      "A convolution is drawn together with the normalisation and activation after it; a layer's"
          + " numbers are in its tooltip.",
      ""
    })
final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private NetworkChoice network;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the drawing goes; the name ends in .svg.")
  private Path file;

  @Mixin private OverwriteOption overwrite;

  @Option(names = "--layers", description = "Draw every layer by itself.")
  private boolean layers;

  @Option(names = "--compact", description = "Draw a run of equal blocks once, with their number.")
  private boolean compact;

  @Option(
      names = "--columns",
      paramLabel = "N",
      defaultValue = "1",
      description = "Lay the blocks out in N columns. Default: ${DEFAULT-VALUE}.")
  private int columns;

  @Override
  public Integer call() {
    if (columns < 1 || columns > PlotOptions.MOST_COLUMNS) {
      throw new ParameterException(
          spec.commandLine(),
          "--columns requires a number from 1 to " + PlotOptions.MOST_COLUMNS + ", got " + columns);
    }
    OptionChecks.ends(spec, "--out", file, ".svg");
    overwrite.check(file);
    String svg;
    try (Model model = network.open()) {
      svg =
          NetworkPlot.svg(
              model.network().name(),
              model.network().layerInfos(),
              new PlotOptions(layers, compact, columns));
    }
    Replacement.write(file, "the drawing", svg.getBytes(StandardCharsets.UTF_8));
    spec.commandLine().getOut().println("Drawn to " + file);
    return 0;
  }
}
