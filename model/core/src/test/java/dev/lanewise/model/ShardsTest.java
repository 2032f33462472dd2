package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.Batch;
import dev.lanewise.model.data.Batches;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.train.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches in shards against the same steps made by hand. */
class ShardsTest {
  private static final double RATE = 0.05;
  private static final long SEED = 7;
  private static final Offset<Float> TOLERANCE = within(2e-3f);

  /** In batches of 7 the last has 2: fewer than most of the tests have shards. */
  private static final ImageDataset TRAIN = new Stripes(23, 1);

  private static Model model(int threads) {
    Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES)
                .withSeed(SEED)
                .withThreads(threads));
    model.compile(new Sgd(RATE), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static FitOptions options(Recipe recipe) {
    return FitOptions.epochs(2).withBatchSize(7).withRecipe(recipe);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,2", "4,3", "5,1", "7,2"})
  void aStepIsOverTheSumOfTheShards(int shards, int threads) {
    try (Model model = model(threads);
        Model byHand = model(1)) {
      History history = model.fit(TRAIN, options(Recipe.PLAIN.withShards(shards)));
      List<Double> losses = trainByHand(byHand, shards);
      assertThat(history.epochs().stream().map(epoch -> epoch.loss()).toList()).isEqualTo(losses);
      Map<String, float[]> wanted = values(byHand);
      values(model).forEach((name, got) -> assertThat(got).as(name).isEqualTo(wanted.get(name)));
    }
  }

  private static Map<String, float[]> values(Model model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : model.network().parameters()) {
      values.put(parameter.layer() + "/" + parameter.name(), parameter.values());
    }
    return values;
  }

  private static List<Double> trainByHand(Model model, int shards) {
    Sgd optimizer = new Sgd(RATE);
    List<Double> losses = new ArrayList<>();
    try (Batches batches = new Batches(TRAIN, StandardPreprocessing.RESCALE, 7, true, SEED)) {
      for (int epoch = 0; epoch < 2; epoch++) {
        batches.startEpoch(epoch);
        double loss = 0;
        for (Batch batch = batches.next(); batch != null; batch = batches.next()) {
          loss += step(model, optimizer, batch, shards) * batch.size();
        }
        losses.add(loss / TRAIN.size());
      }
    }
    return losses;
  }

  /** A step, by arrays of single parameters; returns the mean loss. */
  private static double step(Model model, Sgd optimizer, Batch batch, int shards) {
    List<Parameter> all = model.network().parameters();
    Map<String, float[]> before = values(model);
    List<List<float[]>> ofShards = new ArrayList<>();
    double[] losses = new double[shards];
    TrainingPass pass = null;
    for (int shard = 0; shard < shards; shard++) {
      int from = batch.size() * shard / shards;
      int n = batch.size() * (shard + 1) / shards - from;
      List<float[]> made = new ArrayList<>();
      if (n == 0) {
        all.forEach(parameter -> made.add(new float[parameter.size()]));
      } else {
        all.stream().filter(p -> !p.trainable()).forEach(p -> restore(p, before));
        pass = model.network().trainingPass(n);
        System.arraycopy(
            batch.images(), from * 432, pass.input().data(), pass.input().offset(), n * 432);
        losses[shard] = pass.forwardBackward(labels(batch, from, n), batch.size());
        for (Parameter parameter : all) {
          made.add(
              parameter.trainable()
                  ? pass.gradient(parameter)
                  : moved(parameter.values(), of(parameter, before), (float) n / batch.size()));
        }
      }
      ofShards.add(made);
    }
    for (int i = 0; i < all.size(); i++) {
      int index = i;
      Parameter parameter = all.get(i);
      float[] sum = sum(ofShards.stream().map(arrays -> arrays.get(index)).toList());
      if (parameter.trainable()) {
        pass.setGradient(parameter, sum);
      } else if (shards > 1) {
        parameter.setValues(plus(of(parameter, before), sum));
      }
    }
    pass.update(optimizer);
    return sum(losses, 0, shards);
  }

  private static int[] labels(Batch batch, int from, int n) {
    int[] labels = new int[n];
    for (int i = 0; i < 3 * n; i++) {
      labels[i / 3] += batch.targets()[3 * from + i] == 1 ? i % 3 : 0;
    }
    return labels;
  }

  private static void restore(Parameter parameter, Map<String, float[]> before) {
    parameter.setValues(of(parameter, before));
  }

  private static float[] of(Parameter parameter, Map<String, float[]> values) {
    return values.get(parameter.layer() + "/" + parameter.name());
  }

  private static float[] moved(float[] values, float[] before, float weight) {
    float[] moved = new float[values.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = weight * (values[i] - before[i]);
    }
    return moved;
  }

  private static float[] sum(List<float[]> arrays) {
    if (arrays.size() == 1) {
      return arrays.getFirst();
    }
    int half = Math.ceilDiv(arrays.size(), 2);
    return plus(sum(arrays.subList(0, half)), sum(arrays.subList(half, arrays.size())));
  }

  private static float[] plus(float[] a, float[] b) {
    float[] sum = new float[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }

  private static double sum(double[] values, int from, int to) {
    int half = from + Math.ceilDiv(to - from, 2);
    return to - from == 1 ? values[from] : sum(values, from, half) + sum(values, half, to);
  }

  @Test
  void resultsDoNotDependOnThreads() {
    Recipe recipe =
        Recipe.of(Map.of("shards", "3", "average_weights", "0.9", "precise_batch_norm", "12"));
    try (Model one = model(1);
        Model three = model(3)) {
      assertThat(one.fit(TRAIN, options(recipe)).epochs().getLast().figures())
          .isEqualTo(three.fit(TRAIN, options(recipe)).epochs().getLast().figures());
      Map<String, float[]> wanted = values(one);
      values(three).forEach((name, got) -> assertThat(got).as(name).isEqualTo(wanted.get(name)));
    }
  }

  /** Statistics over all shards are those of the batch, but for rounding. */
  @ParameterizedTest
  @CsvSource({"2,1", "3,2", "5,1"})
  void synchronisedShardsAreOneBatch(int shards, int threads) {
    Recipe recipe =
        Recipe.of(Map.of("shards", Integer.toString(shards), "sync_batch_norm", "true"));
    FitOptions options = FitOptions.epochs(1).withBatchSize(12);
    try (Model whole = model(1);
        Model shared = model(threads)) {
      whole.fit(new Stripes(24, 1), options);
      shared.fit(new Stripes(24, 1), options.withRecipe(recipe));
      assertThat(shared.history().epochs().getFirst().loss())
          .isCloseTo(whole.history().epochs().getFirst().loss(), within(1e-4));
      Map<String, float[]> wanted = values(whole);
      values(shared)
          .forEach(
              (name, got) -> assertThat(got).as(name).containsExactly(wanted.get(name), TOLERANCE));
    }
  }

  /** Its last normalisation forward is the first backward; and measured precisely in the end. */
  @Test
  void synchronisedShardsOfResNetsAreOneBatch() {
    Recipe recipe =
        Recipe.of(Map.of("shards", "3", "sync_batch_norm", "true", "precise_batch_norm", "12"));
    FitOptions options = FitOptions.epochs(1).withBatchSize(12);
    try (Model whole = pooled();
        Model shared = pooled()) {
      whole.fit(new Stripes(24, 1), options);
      shared.fit(new Stripes(24, 1), options.withRecipe(recipe));
      assertThat(shared.history().epochs().getFirst().loss())
          .isCloseTo(whole.history().epochs().getFirst().loss(), within(1e-3));
    }
  }

  /** A network that ends in a normalisation by itself. */
  private static Model pooled() {
    Model model =
        Model.build(
            "torchresnet18",
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES)
                .withSeed(SEED)
                .withThreads(2));
    model.compile(new Sgd(1e-3), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  @Test
  void aBatchHasNoFewerImagesThanShards() {
    try (Model model = model(1)) {
      assertThatThrownBy(() -> model.fit(TRAIN, options(Recipe.PLAIN.withShards(8))))
          .hasMessage("a batch of 8 shards requires as many images at least, got 7");
      assertThatThrownBy(() -> Recipe.PLAIN.withShards(0))
          .hasMessage("shards requires at least 1 shard, got 0");
    }
  }
}
