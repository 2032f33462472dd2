package dev.lanewise.model.training;

import dev.lanewise.model.text.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What makes a training better than plain steps over plain images. A model file keeps it, so that a
 * resumed training goes on by the same recipe.
 *
 * @param schedule how the learning rate goes
 * @param augmentation what is done to each training image, as {@code
 *     dev.lanewise.model.augment.Augmentation} reads it; empty for nothing
 * @param labelSmoothing share of the label that all classes get alike, from 0 to below 1 (Szegedy
 *     et al. 2016)
 * @param classWeights weight of each class in the loss: {@code "balanced"} for as many images of
 *     the mean class by those of its own, or {@code "cat=2,dog=1"}; empty for 1
 * @param clipNorm largest Euclidean norm of all gradients of a step together; 0 for any
 * @param accumulate batches whose gradients make one step
 * @param shards parts of each batch that are worked on one after the other, or by several workers:
 *     batch norms measure each by itself, and the gradients of all make the step
 * @param syncBatchNorm whether batch norms measure all shards together
 * @param averaging decay of a moving average of the weights, with which validation and the result
 *     are made; 0 for none (Polyak and Juditsky 1992)
 * @param stochasticDepth chance that a step leaves out the last residual branch, those before it
 *     with less in proportion to their depth (Huang et al. 2016); from 0 to below 1
 * @param batchNormMomentum weight of the old value in batch norms' moving statistics, from 0 to
 *     below 1; NaN for what the network says
 * @param watch the figure by which epochs are compared
 * @param earlyStopping when training ends before its last epoch; null for never
 * @param preciseBatchNorm training images whose statistics take the place of the moving ones at the
 *     end (Wu and Johnson 2021); 0 for none
 */
public record Recipe(
    Schedule schedule,
    String augmentation,
    double labelSmoothing,
    String classWeights,
    double clipNorm,
    int accumulate,
    int shards,
    boolean syncBatchNorm,
    double averaging,
    double stochasticDepth,
    double batchNormMomentum,
    Watch watch,
    EarlyStopping earlyStopping,
    int preciseBatchNorm) {
  private static final String SCHEDULE = "schedule";
  private static final String AUGMENT = "augment";
  private static final String LABEL_SMOOTHING = "label_smoothing";
  private static final String CLASS_WEIGHTS = "class_weights";
  private static final String CLIP_NORM = "clip_norm";
  private static final String ACCUMULATE = "accumulate";
  private static final String SHARDS = "shards";
  private static final String SYNC_BN = "sync_batch_norm";
  private static final String AVERAGING = "average_weights";
  private static final String STOCHASTIC_DEPTH = "stochastic_depth";
  private static final String BN_MOMENTUM = "batch_norm_momentum";
  private static final String WATCH = "watch";
  private static final String EARLY_STOPPING = "early_stopping";
  private static final String PRECISE_BN = "precise_batch_norm";

  /** Plain steps at the optimiser's own rate. */
  public static final Recipe PLAIN =
      new Recipe(
          Schedule.constant(),
          "",
          0,
          "",
          0,
          1,
          1,
          false,
          0,
          0,
          Double.NaN,
          Watch.VAL_LOSS,
          null,
          0);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public Recipe {
    within(LABEL_SMOOTHING, labelSmoothing, 1);
    within(AVERAGING, averaging, 1);
    within(STOCHASTIC_DEPTH, stochasticDepth, 1);
    if (!Double.isNaN(batchNormMomentum)) {
      within(BN_MOMENTUM, batchNormMomentum, 1);
    }
    within(CLIP_NORM, clipNorm, Double.POSITIVE_INFINITY);
    if (accumulate < 1) {
      throw new IllegalArgumentException(
          ACCUMULATE + " requires at least 1 batch, got " + accumulate);
    }
    if (shards < 1) {
      throw new IllegalArgumentException(SHARDS + " requires at least 1 shard, got " + shards);
    }
    if (preciseBatchNorm < 0) {
      throw new IllegalArgumentException(
          PRECISE_BN + " requires 0 images or more, got " + preciseBatchNorm);
    }
  }

  private static void within(String name, double value, double below) {
    if (!(value >= 0 && value < below)) {
      throw new IllegalArgumentException(
          name
              + " requires a number of at least 0"
              + (below < Double.POSITIVE_INFINITY ? " and below " + Numbers.text(below) : "")
              + ", got "
              + Numbers.text(value));
    }
  }

  /**
   * {@return the recipe by names and texts, as a model file and a configuration keep it; what is
   * plain is left out}
   */
  public Map<String, String> settings() {
    Map<String, String> all = texts();
    Map<String, String> plain = PLAIN.texts();
    all.keySet().removeIf(name -> all.get(name).equals(plain.get(name)));
    return all;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(SCHEDULE, schedule.text());
    texts.put(AUGMENT, augmentation);
    texts.put(LABEL_SMOOTHING, Numbers.exact(labelSmoothing));
    texts.put(CLASS_WEIGHTS, classWeights);
    texts.put(CLIP_NORM, Numbers.exact(clipNorm));
    texts.put(ACCUMULATE, Integer.toString(accumulate));
    texts.put(SHARDS, Integer.toString(shards));
    texts.put(SYNC_BN, Boolean.toString(syncBatchNorm));
    texts.put(AVERAGING, Numbers.exact(averaging));
    texts.put(STOCHASTIC_DEPTH, Numbers.exact(stochasticDepth));
    texts.put(BN_MOMENTUM, Double.isNaN(batchNormMomentum) ? "" : Numbers.exact(batchNormMomentum));
    texts.put(WATCH, watch.text());
    texts.put(EARLY_STOPPING, earlyStopping == null ? "" : earlyStopping.text());
    texts.put(PRECISE_BN, Integer.toString(preciseBatchNorm));
    return texts;
  }

  /**
   * {@return the recipe of settings}
   *
   * @param settings as {@link #settings} gives them; what is not there is plain
   * @throws IllegalArgumentException where a name is not known or a value cannot be used
   */
  public static Recipe of(Map<String, String> settings) {
    return PLAIN.with(settings);
  }

  /**
   * {@return this recipe with other settings}
   *
   * @param settings names and texts as {@link #settings} gives them
   * @throws IllegalArgumentException where a name is not known or a value cannot be used
   */
  public Recipe with(Map<String, String> settings) {
    Map<String, String> texts = texts();
    settings.forEach(
        (name, text) -> {
          if (texts.put(name, text) == null) {
            throw new IllegalArgumentException(
                "unknown setting '" + name + "'; known are " + String.join(", ", texts().keySet()));
          }
        });
    String stopping = texts.get(EARLY_STOPPING);
    return new Recipe(
        Schedule.parse(texts.get(SCHEDULE)),
        texts.get(AUGMENT),
        number(texts, LABEL_SMOOTHING),
        texts.get(CLASS_WEIGHTS),
        number(texts, CLIP_NORM),
        integer(texts, ACCUMULATE),
        integer(texts, SHARDS),
        bool(texts, SYNC_BN),
        number(texts, AVERAGING),
        number(texts, STOCHASTIC_DEPTH),
        texts.get(BN_MOMENTUM).isEmpty() ? Double.NaN : number(texts, BN_MOMENTUM),
        Watch.parse(texts.get(WATCH)),
        stopping.isEmpty() ? null : EarlyStopping.parse(stopping),
        integer(texts, PRECISE_BN));
  }

  private static double number(Map<String, String> texts, String name) {
    try {
      return Double.parseDouble(texts.get(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " requires a number, got '" + texts.get(name) + "'", e);
    }
  }

  private static int integer(Map<String, String> texts, String name) {
    try {
      return Integer.parseInt(texts.get(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          name + " requires an integer, got '" + texts.get(name) + "'", e);
    }
  }

  private static boolean bool(Map<String, String> texts, String name) {
    String text = texts.get(name);
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(name + " requires true or false, got '" + text + "'");
    }
    return text.equals("true");
  }

  private Recipe changed(Consumer<Map<String, String>> change) {
    Map<String, String> texts = texts();
    change.accept(texts);
    return of(texts);
  }

  /**
   * {@return this recipe with another schedule}
   *
   * @param schedule how the learning rate goes
   */
  public Recipe withSchedule(Schedule schedule) {
    return changed(texts -> texts.put(SCHEDULE, schedule.text()));
  }

  /**
   * {@return this recipe with another augmentation}
   *
   * @param augmentation its text
   */
  public Recipe withAugmentation(String augmentation) {
    return changed(texts -> texts.put(AUGMENT, augmentation));
  }

  /**
   * {@return this recipe with another label smoothing}
   *
   * @param share from 0 to below 1
   */
  public Recipe withLabelSmoothing(double share) {
    return changed(texts -> texts.put(LABEL_SMOOTHING, Numbers.exact(share)));
  }

  /**
   * {@return this recipe with batches in shards}
   *
   * @param shards at least 1
   */
  public Recipe withShards(int shards) {
    return changed(texts -> texts.put(SHARDS, Integer.toString(shards)));
  }

  /**
   * {@return this recipe with an average of weights}
   *
   * @param decay from 0 to below 1
   */
  public Recipe withAveraging(double decay) {
    return changed(texts -> texts.put(AVERAGING, Numbers.exact(decay)));
  }

  /**
   * {@return this recipe with an early end}
   *
   * @param rule when; null for never
   */
  public Recipe withEarlyStopping(EarlyStopping rule) {
    return changed(texts -> texts.put(EARLY_STOPPING, rule == null ? "" : rule.text()));
  }
}
