package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Evaluation;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.NonFiniteLossException;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Schedule;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingPlan;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  /** No multiple of the batch size, so that each epoch ends with a smaller batch. */
  private static final Stripes TRAIN = new Stripes(70, 1);

  private static final Stripes TEST = new Stripes(31, 2);
  private static final int BATCH = 16;

  @TempDir private Path folder;

  private static Model tiny(int threads, Optimizer optimizer) {
    Model model =
        Model.build(
            TinyNetwork::new,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES)
                .withThreads(threads)
                .withSeed(7));
    model.compile(optimizer, Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static FitOptions epochs(int epochs) {
    return FitOptions.epochs(epochs).withBatchSize(BATCH);
  }

  private static Map<String, float[]> values(Model model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : model.network().parameters()) {
      values.put(parameter.layer() + "/" + parameter.name(), parameter.values());
    }
    return values;
  }

  private static void assertSameBits(Model actual, Model wanted) {
    Map<String, float[]> wantedValues = values(wanted);
    Map<String, float[]> actualValues = values(actual);
    assertThat(actualValues.keySet()).isEqualTo(wantedValues.keySet());
    wantedValues.forEach(
        (name, array) -> assertThat(actualValues.get(name)).as(name).isEqualTo(array));
  }

  private static List<Double> losses(History history) {
    return history.epochs().stream().map(EpochResult::loss).toList();
  }

  @Test
  void learnsAndTellsItsListeners() {
    Recorder recorder = new Recorder();
    try (Model model = tiny(2, new Adam(1e-2))) {
      History history = model.fit(TRAIN, epochs(12).withValidation(TEST).withListener(recorder));
      Evaluation test = model.evaluate(TEST, BATCH);

      EpochResult last = history.epochs().get(11);
      assertThat(last.loss()).isLessThan(history.epochs().get(0).loss() / 2);
      assertThat(test.accuracy()).isGreaterThan(0.8);
      assertThat(test.images()).isEqualTo(31);
      assertThat(last.valLoss()).isEqualTo(test.loss());
      assertThat(last.valAccuracy()).isEqualTo(test.accuracy());
      assertThat(model.epochsDone()).isEqualTo(12);
      assertThat(recorder.plan).isEqualTo(new TrainingPlan(1, 12, 0, 5, 70, BATCH, model.seed()));
      assertThat(recorder.events.subList(0, 8))
          .containsExactly("begin", "epoch 1", "1", "2", "3", "4", "5", "end 1");
      assertThat(recorder.events).endsWith("end 12", "done");
    }
  }

  @Test
  void evaluationDoesNotDependOnTheBatchSize() {
    try (Model model = tiny(1, new Adam(1e-2))) {
      model.fit(TRAIN, epochs(2));
      Evaluation whole = model.evaluate(TEST, 31);
      assertThat(model.evaluate(TEST, 4).loss()).isCloseTo(whole.loss(), within(1e-5));
      float[][] probabilities = model.predict(TEST, 4);
      assertThat(probabilities).hasDimensions(31, 3);
      double sum = 0;
      for (int n = 0; n < 31; n++) {
        float[] row = probabilities[n];
        assertThat(row[0] + row[1] + row[2]).isCloseTo(1, within(1e-5f));
        sum -= Math.log(row[TEST.label(n)]);
      }
      assertThat(sum / 31).isCloseTo(whole.loss(), within(1e-5));
    }
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBits() {
    try (Model one = tiny(1, new Adam(1e-2));
        Model two = tiny(2, new Adam(1e-2));
        Model three = tiny(3, new Adam(1e-2))) {
      List<Double> losses = losses(one.fit(TRAIN, epochs(2)));
      assertThat(losses(two.fit(TRAIN, epochs(2)))).isEqualTo(losses);
      assertThat(losses(three.fit(TRAIN, epochs(2)))).isEqualTo(losses);
      assertSameBits(two, one);
      assertSameBits(three, one);
      assertThat(two.predict(TEST, BATCH)).isDeepEqualTo(one.predict(TEST, BATCH));
    }
  }

  @Test
  void askingForMemoryDoesNotDisturbATraining() {
    try (Model plain = tiny(2, new Adam(1e-2));
        Model asked = tiny(2, new Adam(1e-2))) {
      List<Double> losses = losses(plain.fit(TRAIN, epochs(2).withValidation(TEST)));
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void onStepEnd(StepResult step) {
              asked.summary(3 * BATCH);
              asked.trainingBytes(1);
              asked.network().inferenceBytes(2 * BATCH);
            }
          };
      FitOptions options = epochs(2).withValidation(TEST).withListener(listener);
      assertThat(losses(asked.fit(TRAIN, options))).isEqualTo(losses);
      assertSameBits(asked, plain);
    }
  }

  @Test
  void savedAndContinuedIsAsNeverStopped() {
    continues(() -> new Adam(1e-2), "adam.h5");
    continues(() -> new Sgd(1e-2).withNesterov(0.9), "sgd.h5");
    continues(() -> new Adam(1e-2), "adam.safetensors");
    continues(() -> new Sgd(1e-2).withMomentum(0.9), "sgd.safetensors");
    continues(() -> new Adam(1e-2), "adam.weights.h5");
  }

  private void continues(Supplier<Optimizer> optimizer, String name) {
    Path file = folder.resolve(name);
    try (Model through = tiny(2, optimizer.get());
        Model stopped = tiny(2, optimizer.get())) {
      List<Double> losses = losses(through.fit(TRAIN, epochs(3).withValidation(TEST)));
      stopped.fit(TRAIN, epochs(2).withSeed(7));
      stopped.save(file);
      try (Model loaded = Model.load(file, TinyNetwork::new, 1)) {
        assertThat(loaded.epochsDone()).isEqualTo(2);
        assertThat(loaded.classNames()).isEqualTo(Stripes.CLASSES);
        assertThat(loaded.batchSize()).isEqualTo(BATCH);
        assertThat(loaded.seed()).isEqualTo(7);
        assertSameBits(loaded, stopped);
        assertThat(loaded.predict(TEST, BATCH)).isDeepEqualTo(stopped.predict(TEST, BATCH));

        History rest = loaded.fit(TRAIN, epochs(1));
        assertThat(rest.epochs().get(0).epoch()).isEqualTo(3);
        assertThat(losses(rest)).containsExactly(losses.get(2));
        assertSameBits(loaded, through);
      }
    }
  }

  @Test
  void weightsAreLoadedByLayerNameOrNotAtAll() {
    Path file = folder.resolve("weights.h5");
    try (Model trained = tiny(1, new Adam(1e-2));
        Model other = tiny(1, new Adam(1e-2));
        Model three =
            Model.build(
                TinyNetwork::new,
                ModelOptions.of(Stripes.SIZE, Stripes.SIZE, List.of("a", "b", "c", "d", "e")))) {
      trained.fit(TRAIN, epochs(1));
      trained.save(file);
      other.loadWeights(file);
      assertSameBits(other, trained);
      Map<String, float[]> before = values(three);
      assertThatThrownBy(() -> three.loadWeights(file)).isInstanceOf(ModelException.class);
      values(three).forEach((name, array) -> assertThat(array).isEqualTo(before.get(name)));
    }
  }

  @Test
  void dataSetWithoutImagesIsRefused() {
    Stripes none = new Stripes(0, 1);
    try (Model model = tiny(1, new Adam(1e-2))) {
      Map<String, float[]> before = values(model);
      List<ThrowingCallable> uses =
          List.of(
              () -> model.fit(none, epochs(1)),
              () -> model.fit(TRAIN, epochs(1).withValidation(none)),
              () -> model.evaluate(none, BATCH),
              () -> model.predict(none, BATCH));
      for (ThrowingCallable use : uses) {
        assertThatThrownBy(use)
            .isInstanceOf(ModelException.class)
            .hasMessage("a data set requires at least 1 image, got 0: 0 striped images");
      }
      values(model).forEach((name, array) -> assertThat(array).isEqualTo(before.get(name)));
    }
  }

  @Test
  void wrongLabelNamesImageAndDataSet() {
    List<String> two = List.of("across", "down");
    Stripes threeLabels = new Stripes(9, 1, two);
    try (Model model =
        Model.build(TinyNetwork::new, ModelOptions.of(Stripes.SIZE, Stripes.SIZE, two))) {
      model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY);
      String message = "image 2 of 9 striped images requires a label from 0 to 1, got 2";
      assertThatThrownBy(() -> model.evaluate(threeLabels, 4)).hasMessage(message);
      assertThatThrownBy(() -> model.fit(threeLabels, epochs(1)))
          .isInstanceOf(DataException.class)
          .hasMessageMatching(
              "image [258] of 9 striped images requires a label from 0 to 1, got 2");
    }
  }

  @Test
  void scheduleRulesEveryStepAndEndsWithItsTraining() {
    Schedule schedule = Schedule.parse("step(at=1,factor=0)");
    List<Double> rates = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStepEnd(StepResult step) {
            rates.add(step.learningRate());
          }
        };
    try (Model model = tiny(1, new Sgd(0.5))) {
      model.fit(
          TRAIN, epochs(2).withRecipe(Recipe.PLAIN.withSchedule(schedule)).withListener(listener));
      assertThat(rates).containsExactly(0.5, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0);
      assertThat(model.optimizer().learningRate()).isEqualTo(0.5);
    }
  }

  @Test
  void lossThatIsNotFiniteStopsAndKeepsWhatWasSaved() throws IOException {
    Path file = folder.resolve("model.h5");
    Recorder recorder = new Recorder();
    try (Model model = tiny(1, new Sgd(1e30))) {
      model.save(file);
      byte[] before = Files.readAllBytes(file);
      assertThatThrownBy(() -> model.fit(TRAIN, epochs(5).withListener(recorder)))
          .isInstanceOf(NonFiniteLossException.class)
          .hasMessageMatching(
              "the loss is (not a number|infinite) in epoch \\d, step \\d of 5, at learning rate"
                  + " 1e30: training has stopped; try a smaller learning rate");
      assertThat(recorder.events).endsWith("failed").doesNotContain("done");
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void batchWhoseLossIsNotFiniteLeavesNoTrace() {
    try (Model model = tiny(1, new Sgd(1e-3))) {
      model.fit(TRAIN, epochs(1));
      Parameter first = model.network().parameters().getFirst();
      float[] values = first.values();
      Arrays.fill(values, Float.NaN);
      first.setValues(values);
      List<float[]> before = model.network().parameters().stream().map(Parameter::values).toList();
      assertThatThrownBy(() -> model.fit(TRAIN, epochs(1)))
          .isInstanceOf(NonFiniteLossException.class);
      List<float[]> after = model.network().parameters().stream().map(Parameter::values).toList();
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }

  @Test
  void otherClassesOrSizesAreRefused() {
    Stripes other = new Stripes(9, 1, List.of("a", "b", "c"));
    try (Model model = tiny(1, new Adam(1e-3))) {
      assertThatThrownBy(() -> model.evaluate(other, BATCH))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the model knows the 3 classes [across, down, none], and the data has the 3 classes"
                  + " [a, b, c]");
      assertThatThrownBy(() -> model.fit(other, epochs(1))).isInstanceOf(ModelException.class);
      assertThatThrownBy(() -> model.predict(new float[5], 1))
          .isInstanceOf(ModelException.class)
          .hasMessage("1 image of 12x12x3 requires 432 values, got 5");
    }
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> FitOptions.epochs(0)).isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> FitOptions.epochs(1).withBatchSize(0))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> ModelOptions.of(0, 9, Stripes.CLASSES))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> ModelOptions.of(9, 9, List.of("one")))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> ModelOptions.of(9, 9, List.of("one", "one")))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> Networks.factory("resnet51"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("there is no network 'resnet51'; known: ")
        .hasMessageContaining("resnet50");
  }

  /** Writes down what it hears. */
  private static final class Recorder implements TrainingListener {
    private final List<String> events = new ArrayList<>();
    private TrainingPlan plan;

    @Override
    public void onTrainBegin(TrainingRun run) {
      plan = run.plan();
      events.add("begin");
    }

    @Override
    public void onEpochBegin(int epoch) {
      events.add("epoch " + epoch);
    }

    @Override
    public void onStepEnd(StepResult step) {
      events.add(Integer.toString(step.batch()));
    }

    @Override
    public void onEpochEnd(EpochResult epoch) {
      events.add("end " + epoch.epoch());
    }

    @Override
    public void onTrainEnd(History history) {
      events.add("done");
    }

    @Override
    public void onTrainFailed(Throwable failure) {
      events.add("failed");
    }
  }
}
