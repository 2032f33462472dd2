package dev.lanewise.cli;

import dev.lanewise.model.Model;
import dev.lanewise.model.augment.Augmentation;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.training.ClassWeights;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.Watch;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import picocli.CommandLine.TypeConversionException;

/** What makes a training better than plain steps over plain images. */
final class RecipeOptions {
  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      converter = ScheduleConverter.class,
      description =
          "How the learning rate goes: constant, cosine, linear, step, one-cycle or plateau, with"
              + " settings as in cosine(warmup=2,to=0.01), step(every=30,factor=0.1),"
              + " step(at=30/60), plateau(patience=5); warmup in epochs or as 500steps. Default:"
              + " cosine; with --resume and --epochs, constant.")
  private Schedule schedule;

  @Option(
      names = "--augment",
      paramLabel = "OPERATIONS",
      description =
          "What is done to each training image, as in"
              + " flip,crop(pad=4),mixup(alpha=0.2); 'lanewise preview'"
              + " shows it. Default: nothing.")
  private String augmentation;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      description = "Share of each label that all classes get alike. Default: 0.")
  private Double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "WEIGHTS",
      description = "Weight of each class in the loss: balanced, or as in cat=2,dog=1. Default: 1.")
  private String classWeights;

  @Option(
      names = "--clip-norm",
      paramLabel = "NORM",
      description = "Largest norm of all gradients of a step together. Default: any.")
  private Double clipNorm;

  @Option(
      names = "--accumulate",
      paramLabel = "N",
      description = "Batches that make one step of the optimiser. Default: 1.")
  private Integer accumulate;

  @Option(
      names = "--shards",
      paramLabel = "S",
      description =
          "Parts of each batch, worked on one after the other in a fraction of the memory, or by"
              + " --workers at the same time: the same bits either way. Default: 1; with --workers,"
              + " one each.")
  private Integer shards;

  @Option(
      names = "--sync-bn",
      negatable = true,
      description =
          "With --shards: batch norms measure all shards together, as if the batch were whole; no"
              + " memory is saved then.")
  private Boolean syncBatchNorm;

  @Option(
      names = "--average-weights",
      paramLabel = "DECAY",
      description =
          "Evaluate and save a moving average of the weights, as of 0.999. Default: none.")
  private Double averaging;

  @Option(
      names = "--stochastic-depth",
      paramLabel = "RATE",
      description =
          "Chance that a step leaves out the last residual branch; those before it less. Default:"
              + " 0.")
  private Double stochasticDepth;

  @Option(
      names = "--bn-momentum",
      paramLabel = "M",
      description =
          "Weight of the old value in batch norms' moving statistics. Default: as the network"
              + " says.")
  private Double batchNormMomentum;

  @Option(
      names = "--watch",
      paramLabel = "FIGURE",
      converter = WatchConverter.class,
      description =
          "The figure by which epochs are compared: loss or one of --metrics, behind val_ of the"
              + " test images. Default: val_loss.")
  private Watch watch;

  @Option(
      names = "--early-stopping",
      paramLabel = "EPOCHS",
      description =
          "End after so many epochs without a gain, with the weights of the best one. Default:"
              + " never.")
  private Integer earlyStopping;

  @Option(
      names = "--precise-bn",
      paramLabel = "IMAGES",
      description =
          "At the end, measure batch norm's statistics anew over so many images. Default: 0.")
  private Integer preciseBatchNorm;

  /** Reads a schedule. */
  static final class ScheduleConverter implements ITypeConverter<Schedule> {
    @Override
    public Schedule convert(String value) {
      return read(value, Schedule::parse);
    }
  }

  /** Reads the figure to watch. */
  static final class WatchConverter implements ITypeConverter<Watch> {
    @Override
    public Watch convert(String value) {
      return read(value, Watch::parse);
    }
  }

  private static <T> T read(String value, Function<String, T> parser) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /**
   * Returns a recipe with what was asked for.
   *
   * @param usual what holds otherwise
   * @throws ParameterException where a setting is out of range
   */
  Recipe of(Recipe usual) {
    Map<String, String> settings = settings();
    settings.forEach(
        (name, text) ->
            OptionChecks.valid(
                spec,
                option(name),
                () -> {
                  Recipe alone = Recipe.of(Map.of(name, text));
                  ClassWeights.check(alone.classWeights());
                  return Augmentation.parse(alone.augmentation());
                }));
    return usual.with(settings);
  }

  /**
   * Finds what does not go with a model or its images.
   *
   * @throws ParameterException naming the option
   */
  void check(Model model, ImageDataset train) {
    settings()
        .forEach(
            (name, text) ->
                OptionChecks.valid(
                    spec,
                    option(name),
                    () -> {
                      model.requireTrainable(train, Recipe.of(Map.of(name, text)));
                      return name;
                    }));
  }

  /** Returns the name of the option that gives a setting of a recipe. */
  private static String option(String setting) {
    return "--" + setting.replace("batch_norm", "bn").replace('_', '-');
  }

  /**
   * Returns what holds where nothing else is asked for, by the options' names.
   *
   * @param usual the recipe that holds otherwise
   */
  Map<String, Object> defaults(Recipe usual) {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put("--schedule", usual.schedule());
    defaults.put("--label-smoothing", usual.labelSmoothing());
    defaults.put("--clip-norm", usual.clipNorm());
    defaults.put("--accumulate", usual.accumulate());
    defaults.put("--shards", usual.shards());
    defaults.put("--sync-bn", usual.syncBatchNorm());
    defaults.put("--average-weights", usual.averaging());
    defaults.put("--stochastic-depth", usual.stochasticDepth());
    defaults.put("--watch", usual.watch());
    defaults.put("--precise-bn", usual.preciseBatchNorm());
    return defaults;
  }

  /** Returns whether anything was asked for. */
  boolean isGiven() {
    return !settings().isEmpty();
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "schedule", schedule == null ? null : schedule.text());
    put(settings, "augment", augmentation);
    put(settings, "label_smoothing", labelSmoothing);
    put(settings, "class_weights", classWeights);
    put(settings, "clip_norm", clipNorm);
    put(settings, "accumulate", accumulate);
    put(settings, "shards", shards);
    put(settings, "sync_batch_norm", syncBatchNorm);
    put(settings, "average_weights", averaging);
    put(settings, "stochastic_depth", stochasticDepth);
    put(settings, "batch_norm_momentum", batchNormMomentum);
    put(settings, "watch", watch == null ? null : watch.text());
    put(
        settings,
        "early_stopping",
        earlyStopping == null ? null : "stop(patience=" + earlyStopping + ")");
    put(settings, "precise_batch_norm", preciseBatchNorm);
    return settings;
  }

  private static void put(Map<String, String> settings, String name, Object value) {
    if (value != null) {
      settings.put(name, value.toString());
    }
  }
}
