package dev.lanewise.cli;

import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.OnnxOptions.Layout;
import dev.lanewise.model.Exportable;
import dev.lanewise.model.HeadlessModel;
import dev.lanewise.model.data.ImageShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes a model for other programs. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false,
    header = "Writes a model for other programs: ONNX, Keras, PyTorch.",
    description = {
      "",
      "The name's end tells the format: .onnx for ONNX Runtime and others; .keras for Keras 3, network"
          + " and weights; .weights.h5 for Keras 3's load_weights; .safetensors for PyTorch's"
          + " load_state_dict.",
      "",
      "Of a weight file without a head, its network up to the last map is written.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lanewise export --model photos.h5 --out photos.onnx",
      "  lanewise export --model photos.h5 --out photos.onnx --layout nhwc --from-bytes",
      "  lanewise export --model photos.h5 --out photos.keras"
    })
final class ExportCommand implements Callable<Integer> {
  /** What is written, by the ends of names. */
  private enum Format {
    ONNX(".onnx"),
    KERAS(".keras"),
    KERAS_WEIGHTS(".weights.h5"),
    SAFETENSORS(".safetensors");

    private final String ending;

    Format(String ending) {
      this.ending = ending;
    }
  }

  @Spec private CommandSpec spec;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path file;

  @Mixin private ModelSource source;

  @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where it goes.")
  private Path out;

  @Mixin private OverwriteOption overwrite;

  @Option(
      names = "--opset",
      paramLabel = "N",
      description =
          "Version of ONNX's operators, from "
              + OnnxOptions.LEAST_OPSET
              + " to "
              + OnnxOptions.MOST_OPSET
              + ". Default: 17.")
  private Integer opset;

  @Option(
      names = "--layout",
      paramLabel = "nchw|nhwc",
      description =
          "Order of the axes of ONNX's input: images, channels, rows, columns, or images,"
              + " rows, columns, channels. Default: nchw.")
  private Layout layout;

  @Option(
      names = "--keep-norms",
      description =
          "Write batch normalisations to ONNX as such, instead of as part of the convolutions.")
  private boolean keepNorms;

  @Option(
      names = "--from-bytes",
      description =
          "Let the ONNX graph preprocess: its input is then pixels as bytes (uint8, red first).")
  private boolean fromBytes;

  @Override
  public Integer call() {
    Format format = format();
    OnnxOptions options = options(format);
    overwrite.check(out);
    try (Exportable model = source.openForExport(file)) {
      switch (format) {
        case ONNX -> model.exportOnnx(out, options);
        case KERAS -> model.exportKeras(out);
        case KERAS_WEIGHTS, SAFETENSORS -> model.saveWeights(out);
      }
      spec.commandLine().getOut().println("Exported  " + out + described(model, format, options));
    }
    return 0;
  }

  private Format format() {
    String name = out.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(Format.values())
        .filter(format -> name.endsWith(format.ending))
        .findFirst()
        .orElseThrow(
            () ->
                mistake(
                    "--out requires a name that ends in one of "
                        + Arrays.stream(Format.values())
                            .map(format -> format.ending)
                            .collect(Collectors.joining(", "))
                        + ", got "
                        + out));
  }

  private OnnxOptions options(Format format) {
    if (format != Format.ONNX) {
      refuse("--opset", opset != null);
      refuse("--layout", layout != null);
      refuse("--keep-norms", keepNorms);
      refuse("--from-bytes", fromBytes);
    }
    try {
      OnnxOptions usual = OnnxOptions.DEFAULT;
      return new OnnxOptions(
          opset == null ? usual.opset() : opset,
          layout == null ? usual.layout() : layout,
          !keepNorms,
          fromBytes);
    } catch (IllegalArgumentException e) {
      throw mistake("--opset: " + e.getMessage());
    }
  }

  private void refuse(String option, boolean given) {
    if (given) {
      throw mistake(option + " requires --out with a name that ends in " + Format.ONNX.ending);
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Returns what a program has to know that reads the file. */
  private static String described(Exportable model, Format format, OnnxOptions options) {
    if (format != Format.ONNX) {
      return "";
    }
    String pixels = options.preprocessing() ? "bytes" : model.preprocessing().formula();
    ImageShape image = model.imageShape();
    return String.format(
        Locale.ROOT,
        ": input [N,%s] of %s, opset %d%s",
        options.layout() == Layout.NHWC
            ? image.height() + "," + image.width() + "," + image.channels()
            : image.channels() + "," + image.height() + "," + image.width(),
        pixels,
        options.opset(),
        model instanceof HeadlessModel ? ", output its last map" : "");
  }
}
