package dev.lanewise.spark;

import dev.lanewise.model.training.OptimizerSettings;
import dev.lanewise.spark.run.RecipeText;
import dev.lanewise.spark.run.TrainingSettings;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What is trained. */
final class TrainingOptions {
  private static final Pattern INPUT = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "The network. Default: ${DEFAULT-VALUE}.")
  private String network = "resnet50";

  @Option(
      names = "--input",
      paramLabel = "HxW",
      description = "The size that images are resized to. Default: ${DEFAULT-VALUE}.")
  private String input = "64x64";

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the images. Default: ${DEFAULT-VALUE}.")
  private int epochs = 10;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Images per step, over all workers. Default: ${DEFAULT-VALUE}.")
  private int batch = 32;

  @Option(
      names = "--shards",
      paramLabel = "S",
      description =
          "Parts of each batch: a multiple of any number of workers that may take part. The result"
              + " depends on it, and not on the workers. Default: --workers.")
  private Integer shards;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      description = "Decides first weights, shuffling and augmentation. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--optimizer",
      paramLabel = "adam|sgd",
      description = "How parameters follow their gradients. Default: ${DEFAULT-VALUE}.")
  private String optimizer = "adam";

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Default: 0.001 for adam, 0.01 for sgd.")
  private Double learningRate;

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "Of sgd. Default: ${DEFAULT-VALUE}.")
  private double momentum;

  @Option(names = "--nesterov", negatable = true, description = "Nesterov's momentum, of sgd.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      description = "Each step first shrinks kernels by learning rate x D. Default: 0.")
  private double weightDecay;

  @Option(
      names = "--recipe",
      paramLabel = "SETTINGS",
      description =
          "Further settings, by the names that model files have for them, as in"
              + " 'schedule=cosine; augment=flip,crop(pad=4); label_smoothing=0.1'; an unknown name"
              + " lists all.")
  private String recipe = "";

  /**
   * Returns the settings.
   *
   * @param workers that take part; 0 for any number
   */
  TrainingSettings settings(int workers) {
    Matcher extents = INPUT.matcher(input);
    if (!extents.matches()) {
      throw new ParameterException(
          spec.commandLine(), "--input requires a height and a width as in 64x64, got " + input);
    }
    if (shards == null && workers == 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--shards is required where --workers is not given: it decides the result, whatever the"
              + " number of workers");
    }
    return TrainingSettings.of(
            network, Integer.parseInt(extents.group(1)), Integer.parseInt(extents.group(2)), epochs)
        .withBatches(batch, shards == null ? workers : shards)
        .withSeed(seed)
        .withOptimizer(
            new OptimizerSettings(
                OptimizerSettings.Kind.of(optimizer),
                learningRate == null ? Double.NaN : learningRate,
                momentum,
                nesterov,
                weightDecay))
        .withRecipe(RecipeText.parse(recipe));
  }

  /** Returns the seed. */
  long seed() {
    return seed;
  }
}
