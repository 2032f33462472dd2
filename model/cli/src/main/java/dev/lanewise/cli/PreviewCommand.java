package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.LoadListener;
import dev.lanewise.model.report.AugmentationSheet;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what training sees of images. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Draws a sheet of training images beside what training sees of them.",
    description = {
      "",
      "Each row begins with an image as it is. What follows is what the first epochs of 'lanewise"
          + " train' see of it, with the same --data, --augment and --seed.",
      ""
    },
    footer = {"", "Example:", "  lanewise preview --augment flip,rotate,mixup --out sheet.png"})
final class PreviewCommand implements Callable<Integer> {
  private static final int MOST_ROWS = 32;
  private static final int MOST_DRAWS = 16;

  @Spec private CommandSpec spec;

  @Mixin private ImageOptions options;

  @Option(
      names = "--augment",
      paramLabel = "OPERATIONS",
      required = true,
      description = "What is done to the images, as for 'lanewise train'.")
  private String augmentation;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the sheet goes; the name ends in .png.")
  private Path file;

  @Mixin private OverwriteOption overwrite;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "8",
      description = "Number of images. Default: ${DEFAULT-VALUE}.")
  private int rows;

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "8",
      description = "Number of epochs of each image. Default: ${DEFAULT-VALUE}.")
  private int draws;

  @Override
  public Integer call() {
    requireWithin("--rows", rows, MOST_ROWS);
    requireWithin("--draws", draws, MOST_DRAWS);
    options.check();
    Augmentation read = augmentation();
    OptionChecks.ends(spec, "--out", file, ".png");
    overwrite.check(file);
    NetworkOptions network = options.network();
    ImageShape shape = ImageOptions.shape(network.networkOr(null), network.inputOr(null));
    ImageDataset images = options.open(shape, LoadListener.NONE).train();
    Replacement.write(
        file, "the sheet", AugmentationSheet.png(images, read, options.seed(), rows, draws));
    spec.commandLine().getOut().println("Drawn to " + file);
    return 0;
  }

  private void requireWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " requires a number from 1 to " + most + ", got " + value);
    }
  }

  private Augmentation augmentation() {
    try {
      return Augmentation.parse(augmentation);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
