package dev.lanewise.cli;

import dev.lanewise.formats.io.Replacement;
import dev.lanewise.model.GradCam;
import dev.lanewise.model.Model;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.report.Pictures;
import java.awt.image.BufferedImage;
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

/** Draws where in an image a network sees a class. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Draws where in an image a network sees a class.",
    description = {
      "",
      "By Grad-CAM, over the network's last map: blue where nothing speaks for the class, red where"
          + " most does. The image is drawn as the network sees it, in the shape of its input.",
      ""
    },
    footer = {"", "Example:", "  lanewise explain --model photos.h5 cat.jpg --out heat.png"})
final class ExplainCommand implements Callable<Integer> {
  /** The longer side of the picture at least. */
  private static final int SIDE = 448;

  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "The class, label or number. Default: the most probable one.")
  private String name;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "Where the picture goes; the name ends in .png.")
  private Path out;

  @Mixin private OverwriteOption overwrite;

  @Mixin private PixelOption pixels;

  @Mixin private ComputeOptions compute;

  @Parameters(paramLabel = "IMAGE", description = "A JPEG or PNG file of any size.")
  private Path image;

  @Override
  public Integer call() {
    pixels.apply();
    OptionChecks.ends(spec, "--out", out, ".png");
    overwrite.check(out);
    try (Model model = source.open(file, compute.threads())) {
      int scale = Math.ceilDiv(SIDE, Math.max(model.height(), model.width()));
      ImageShape large = ImageShape.rgb(scale * model.height(), scale * model.width());
      List<byte[]> read = Images.load(image, List.of(model.imageShape(), large));
      byte[] seen = read.getFirst();
      float[] outputs = model.predict(preprocessed(model, seen), 1)[0];
      int index = index(model, outputs);
      BufferedImage drawn = GradCam.of(model, seen, index).over(read.getLast(), large);
      Replacement.write(out, "the picture", Pictures.png(drawn));
      spec.commandLine()
          .getOut()
          .println(
              String.format(
                  Locale.ROOT,
                  "%s  %s %.4f, drawn to %s",
                  image,
                  model.classNames().get(index),
                  outputs[index],
                  out));
    }
    return 0;
  }

  private static float[] preprocessed(Model model, byte[] pixels) {
    float[] values = new float[pixels.length];
    model.preprocessing().apply(pixels, values, 0, model.imageShape().channels());
    return values;
  }

  private int index(Model model, float[] outputs) {
    if (name != null) {
      int index = model.classNames().indexOf(name);
      if (index < 0) {
        throw new ModelException(
            "--class requires one of " + String.join(", ", model.classNames()) + ", got " + name);
      }
      return index;
    }
    int best = 0;
    for (int c = 1; c < outputs.length; c++) {
      best = outputs[c] > outputs[best] ? c : best;
    }
    return best;
  }
}
