package dev.lanewise.cli;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.WeightSource;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Training that starts from weights of before. */
final class FineTuneOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "Start from the weights of a file, and with a new optimiser.")
  private Path weights;

  @Option(
      names = "--new-head",
      negatable = true,
      description =
          "With --weights: leave out the weights of the head, the dense layers of which the last"
              + " tells the classes, and start it anew.")
  private boolean newHead;

  @Option(
      names = "--freeze",
      paramLabel = "PATTERN",
      split = ",",
      description =
          "Leave layers as they are: names in which * stands for any characters, ? for one and"
              + " [2-4] for one of a set. A pattern after ! takes layers out again: '*,!fc*' freezes"
              + " all but the head. Frozen layers cost no backward pass where none trains below.")
  private List<String> frozen = List.of();

  @Option(
      names = "--head-learning-rate",
      paramLabel = "RATE",
      description =
          "Learning rate of the last layer, where it is to differ from the others'; it follows the"
              + " same schedule.")
  private Double headRate;

  @Option(
      names = "--preprocessing",
      paramLabel = PreprocessingOption.LABEL,
      description =
          "What becomes of pixels: "
              + PreprocessingOption.CHOICES
              + ", or those at PATH. Weights need what they were trained with. Default: as the file"
              + " of --weights says, else as is usual for the network.")
  private PreprocessingOption preprocessing;

  private WeightSource source;

  /** Finds what is wrong before any time is spent. */
  void check() {
    OptionChecks.learningRate(spec, "--head-learning-rate", headRate);
    if (newHead && weights == null) {
      throw mistake("--new-head requires --weights: without them the whole network is new");
    }
    if (weights != null && !Files.isRegularFile(weights)) {
      throw mistake("--weights requires a file with weights, got no file at " + weights);
    }
  }

  /** Refuses what a resumed model brings with it. */
  void refuseWithResume(Path resume) {
    refuse("--weights", weights != null, resume);
    refuse("--new-head", newHead, resume);
    refuse("--freeze", !frozen.isEmpty(), resume);
    refuse("--head-learning-rate", headRate != null, resume);
    refuse("--preprocessing", preprocessing != null, resume);
  }

  private void refuse(String option, boolean given, Path resume) {
    OptionChecks.notWithResume(spec, option, given, resume);
  }

  private ParameterException mistake(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * Returns the preprocessing that was asked for, else that of the weights; null where unknown.
   *
   * @param train the images of the training
   */
  Preprocessing preprocessing(ImageDataset train) {
    if (preprocessing != null) {
      return preprocessing.of(train);
    }
    return weights == null ? null : source().preprocessing();
  }

  /** Returns the network of which the weights are; null where unknown. */
  String network() {
    return weights == null ? null : source().network();
  }

  /** Returns the size of the images for which the weights were made; null where unknown. */
  InputSize input() {
    return weights == null || source().height() == 0
        ? null
        : new InputSize(source().height(), source().width());
  }

  private WeightSource source() {
    if (source == null) {
      source = WeightSource.of(weights);
    }
    return source;
  }

  /**
   * Loads the weights, freezes layers and sets the head's learning rate.
   *
   * @param model a new model with its optimiser
   */
  void apply(Model model) {
    if (weights != null) {
      LoadOptions whole = LoadOptions.whole();
      model.loadWeights(weights, newHead ? whole.withoutHead() : whole);
    }
    if (!frozen.isEmpty()) {
      model.freeze(frozen.toArray(String[]::new));
    }
    if (headRate != null) {
      String[] head = head(model);
      refuseFrozen(model, List.of(head));
      model.setLearningRateFactor(headRate / model.optimizer().learningRate(), head);
    }
  }

  private static void refuseFrozen(Model model, List<String> head) {
    for (Parameter parameter : model.network().parameters()) {
      if (head.contains(parameter.layer()) && parameter.frozen()) {
        throw new ModelException(
            "--head-learning-rate requires a head that trains, and --freeze leaves '"
                + parameter.layer()
                + "' as it is");
      }
    }
  }

  /** Returns the names of the dense layers. */
  private static String[] head(Model model) {
    String[] head =
        model.network().layerInfos().stream()
            .filter(layer -> isDense(layer.config()))
            .map(LayerInfo::name)
            .toArray(String[]::new);
    if (head.length == 0) {
      throw new ModelException(
          "--head-learning-rate requires a network with a head, and "
              + model.network().name()
              + " has none");
    }
    return head;
  }

  private static boolean isDense(LayerConfig config) {
    return config instanceof LayerConfig.Classification || config instanceof LayerConfig.Dense;
  }

  /** Returns where training starts, for the user; null for a new network. */
  String start() {
    return weights == null ? null : weights + (newHead ? ", with a new head" : "");
  }
}
