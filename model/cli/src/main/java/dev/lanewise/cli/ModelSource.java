package dev.lanewise.cli;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.model.Exportable;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.ForeignOptions;
import dev.lanewise.model.HeadlessModel;
import dev.lanewise.model.Model;
import dev.lanewise.model.Networks;
import dev.lanewise.model.WeightSource;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.weights.LoadReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Opens a model that Lanewise saved, or a weight file of another program. */
final class ModelSource {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = NetworkNames.class,
      description =
          "The network of a weight file that another program wrote, which is Keras's HDF5 or .keras,"
              + " safetensors with PyTorch's layouts, or ONNX: ${COMPLETION-CANDIDATES}.")
  private String network;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      converter = InputSize.Converter.class,
      description = "Height and width of such a file's input images. Default: what the file says.")
  private InputSize input;

  @Option(
      names = "--classes",
      paramLabel = "NAME",
      split = ",",
      description =
          "Names of such a file's classes. Default: with evaluate those of the images, where they"
              + " are as many; else 0, 1, 2 and so on.")
  private List<String> classes;

  @Option(
      names = "--preprocessing",
      paramLabel = PreprocessingOption.LABEL,
      description =
          "What such a file's network makes of pixels: "
              + PreprocessingOption.CHOICES
              + ", which are at PATH. Default: what is usual for it.")
  private PreprocessingOption preprocessing;

  @Option(
      names = "--show-matches",
      description = "Print which layer took its values from which layer of the file, on stderr.")
  private boolean showMatches;

  private boolean named = true;

  /**
   * Opens a file for inference.
   *
   * @throws ModelException where an option is missing, or contradicts the file
   */
  Model open(Path file, int threads) {
    Model model = ModelFiles.isModel(file) ? own(file, threads) : foreign(file, threads);
    tell(model.loadReport(), file);
    return model;
  }

  /**
   * Opens a file to be written for other programs: where it has no head, without one.
   *
   * @throws ModelException where an option is missing, or contradicts the file
   */
  Exportable openForExport(Path file) {
    if (ModelFiles.isModel(file) || !HeadlessModel.isIn(file)) {
      return open(file, 1);
    }
    requireNetwork(file);
    if (classes != null) {
      throw contradiction("--classes", file, "weights without a head");
    }
    HeadlessModel model = HeadlessModel.open(file, foreignOptions(file), 1);
    tell(model.loadReport(), file);
    return model;
  }

  private void tell(LoadReport report, Path file) {
    PrintWriter err = spec.commandLine().getErr();
    if (showMatches) {
      report.lines().forEach(err::println);
    } else {
      warn(report.differences(), file, err);
    }
    err.flush();
  }

  /**
   * Opens a file, with a head or without one, for the features of images.
   *
   * @throws ModelException where an option is missing, or contradicts the file
   */
  FeatureExtractor openFeatures(Path file, int threads) {
    if (!ModelFiles.isModel(file)) {
      requireNetwork(file);
      return FeatureExtractor.open(file, foreignOptions(file), threads);
    }
    if (network != null || input != null || classes != null || preprocessing != null) {
      throw contradiction(
          "--network, --input, --classes or --preprocessing", file, "a model that says it itself");
    }
    return FeatureExtractor.load(file, threads);
  }

  /** Tells where a file says that its network computes otherwise. */
  private void warn(List<ConfigDifference> differences, Path file, PrintWriter err) {
    List<ConfigDifference> serious =
        differences.stream().filter(ConfigDifference::changesPredictions).toList();
    if (!serious.isEmpty()) {
      err.println(
          String.format(
              Locale.ROOT,
              "warning: %s may be of another network: %s%s",
              file,
              serious.get(0).sentence(),
              serious.size() == 1
                  ? ""
                  : "; --show-matches tells all " + serious.size() + " differences"));
    }
  }

  private Model own(Path file, int threads) {
    Model model = Model.loadForInference(file, threads);
    try {
      String saved = model.network().name();
      if (network != null && !network.equalsIgnoreCase(saved)) {
        throw contradiction("--network " + network, file, "a model of " + saved);
      }
      InputSize size = new InputSize(model.height(), model.width());
      if (input != null && !input.equals(size)) {
        throw contradiction("--input " + input, file, "a model for images of " + size);
      }
      if (classes != null && !classes.equals(model.classNames())) {
        throw contradiction(
            "--classes " + String.join(",", classes),
            file,
            "a model with the classes " + String.join(",", model.classNames()));
      }
      if (preprocessing != null
          && !preprocessing(model.imageShape()).equals(model.preprocessing())) {
        throw contradiction(
            "--preprocessing " + preprocessing.text(),
            file,
            "a model that takes " + model.preprocessing().formula());
      }
      return model;
    } catch (ModelException e) {
      model.close();
      throw e;
    }
  }

  private static ModelException contradiction(String option, Path file, String what) {
    return new ModelException(option + " contradicts " + file + ", which is " + what);
  }

  private Model foreign(Path file, int threads) {
    requireNetwork(file);
    named = classes != null;
    return Model.open(file, foreignOptions(file), threads);
  }

  private void requireNetwork(Path file) {
    if (network != null) {
      return;
    }
    // What is wrong with the file comes first.
    WeightFiles.use(
        file,
        saved -> {
          throw new ModelException(
              String.format(
                  Locale.ROOT,
                  "%s is not a model that Lanewise saved (%s): --network has to say which network"
                      + " it is; known: %s",
                  file,
                  saved.format(),
                  String.join(", ", Networks.names())));
        });
  }

  private ForeignOptions foreignOptions(Path file) {
    ForeignOptions options = ForeignOptions.of(network);
    if (input != null) {
      options = options.withInput(input.height(), input.width());
    }
    if (classes != null) {
      options = options.withClassNames(classes);
    }
    ImageShape shape = preprocessing == null ? null : shape(file);
    return shape == null ? options : options.withPreprocessing(preprocessing(shape));
  }

  /** Returns the images that a file's network takes; null where neither file nor options say it. */
  private ImageShape shape(Path file) {
    int channels = Networks.entry(network).channels();
    if (input != null) {
      return new ImageShape(input.height(), input.width(), channels);
    }
    WeightSource source = WeightSource.of(file);
    return source.height() == 0 ? null : new ImageShape(source.height(), source.width(), channels);
  }

  private Preprocessing preprocessing(ImageShape shape) {
    if (preprocessing.needsTraining()) {
      throw new ParameterException(
          spec.commandLine(),
          "--preprocessing pixel-mean requires the images of the training: pixel-mean=PATH");
    }
    return preprocessing.of(shape);
  }

  /** Gives a model whose classes have no names those of images, where they are as many. */
  void nameClasses(Model model, List<String> names) {
    if (!named && names.size() == model.classNames().size()) {
      model.renameClasses(names);
    }
  }
}
