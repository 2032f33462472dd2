package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Recipe;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How long a training is, and in what steps. */
final class LengthOptions {
  /** What the tutorials use. */
  private static final int DEFAULT_EPOCHS = 20;

  private static final int DEFAULT_BATCH = 32;

  /** On the embedded images: about two and a half minutes on two cores with AVX-512. */
  private static final int EMBEDDED_EPOCHS = 12;

  /** Many small steps: the moving statistics of batch norm need some 500 to leave their start. */
  private static final int EMBEDDED_BATCH = 16;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "Passes over the images; with --resume, further ones, else none. Default: "
              + DEFAULT_EPOCHS
              + ", and "
              + EMBEDDED_EPOCHS
              + " on the embedded data set.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images per step. Default: "
              + DEFAULT_BATCH
              + ", and "
              + EMBEDDED_BATCH
              + " on the embedded data set; with --resume, as before.")
  private Integer batch;

  /** Finds what is wrong before any time is spent. */
  void check() {
    OptionChecks.atLeast(spec, "--epochs", epochs, 1);
    OptionChecks.atLeast(spec, "--batch", batch, 1);
  }

  /** Returns whether a number of epochs was asked for. */
  boolean hasEpochs() {
    return epochs != null;
  }

  /** Returns whether a number of images per step was asked for. */
  boolean hasBatch() {
    return batch != null;
  }

  /** Returns what holds where nothing else is asked for, by the options' names. */
  Map<String, Object> defaults(boolean embedded) {
    return Map.of(
        "--epochs", usualEpochs(embedded), "--batch", embedded ? EMBEDDED_BATCH : DEFAULT_BATCH);
  }

  private static int usualEpochs(boolean embedded) {
    return embedded ? EMBEDDED_EPOCHS : DEFAULT_EPOCHS;
  }

  /** Returns how a new model trains. */
  FitOptions ofNew(boolean embedded, Recipe recipe) {
    return options(embedded, embedded ? EMBEDDED_BATCH : DEFAULT_BATCH, recipe);
  }

  /** Returns how a resumed model trains once more. */
  FitOptions ofResumed(boolean embedded, Model model, Recipe recipe) {
    return options(embedded, model.batchSize(), recipe);
  }

  private FitOptions options(boolean embedded, int usualBatch, Recipe recipe) {
    return FitOptions.epochs(Objects.requireNonNullElse(epochs, usualEpochs(embedded)))
        .withBatchSize(Objects.requireNonNullElse(batch, usualBatch))
        .withRecipe(recipe);
  }
}
