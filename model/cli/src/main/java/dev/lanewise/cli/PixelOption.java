package dev.lanewise.cli;

import dev.lanewise.model.data.Images;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How large the images may be that a command reads. */
final class PixelOption {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description =
          "Pixels that an image may have; a small file may claim to have more than there is memory"
              + " for. Default: 100 million.")
  private Integer most;

  /** Finds what is wrong, and has it hold for all images that are read from now on. */
  void apply() {
    OptionChecks.atLeast(spec, "--max-pixels", most, 1);
    if (most != null) {
      System.setProperty(Images.MOST_PIXELS, most.toString());
    }
  }
}
