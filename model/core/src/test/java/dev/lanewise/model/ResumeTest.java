package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.TargetKind;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.TrainingRun;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import dev.lanewise.train.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that is stopped anywhere, saved, loaded and resumed ends in the same bits. */
class ResumeTest {
  private static final int BATCH = 6;
  private static final int EPOCHS = 4;
  private static final ImageDataset TRAIN = new Stripes(28, 1);
  private static final ImageDataset TEST = new Stripes(9, 2);

  @TempDir private Path folder;

  private static Optimizer optimizer(String name) {
    return name.equals("adam")
        ? new Adam(1e-2).withWeightDecay(0.1)
        : new Sgd(0.05).withNesterov(0.9);
  }

  private static Model model(String optimizer, int threads) {
    return model(TinyNetwork::new, optimizer, threads);
  }

  private static Model model(NetworkFactory network, String optimizer, int threads) {
    Model model =
        Model.build(
            network,
            ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES)
                .withSeed(7)
                .withThreads(threads));
    model.compile(optimizer(optimizer), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static FitOptions options(Recipe recipe) {
    return FitOptions.epochs(EPOCHS).withBatchSize(BATCH).withRecipe(recipe).withValidation(TEST);
  }

  /** Stops after so many batches of it. */
  private static final class Stop implements TrainingListener {
    private final int batches;
    private TrainingRun run;
    private int done;

    Stop(int batches) {
      this.batches = batches;
    }

    @Override
    public void onTrainBegin(TrainingRun run) {
      this.run = run;
    }

    @Override
    public void onStepEnd(StepResult step) {
      done++;
      if (done == batches) {
        run.stop("a test");
      }
    }
  }

  private static Map<String, float[]> bits(Model model) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    for (Parameter parameter : model.network().parameters()) {
      bits.put(parameter.layer() + "/" + parameter.name(), parameter.values());
    }
    for (Optimizer.Slot slot : model.optimizer().slots()) {
      bits.put(slot.name(), slot.values());
    }
    return bits;
  }

  private static List<Object> figures(History history) {
    List<Object> figures = new ArrayList<>();
    for (EpochResult epoch : history.epochs()) {
      figures.add(epoch.figures());
      figures.add(epoch.learningRate());
    }
    return figures;
  }

  private static void assertSame(Model got, Model wanted) {
    assertThat(figures(got.history())).isEqualTo(figures(wanted.history()));
    Map<String, float[]> bits = bits(wanted);
    bits(got).forEach((name, values) -> assertThat(values).as(name).isEqualTo(bits.get(name)));
    assertThat(got.optimizer().iterations()).isEqualTo(wanted.optimizer().iterations());
    assertThat(got.optimizer().learningRate()).isEqualTo(wanted.optimizer().learningRate());
  }

  /** Dropouts draw by the seed, the epoch and the batch. */
  @ParameterizedTest
  @ValueSource(strings = {"clip_norm=0.5", "accumulate=2", "shards=3"})
  void leavesOutTheSameValuesAfterAStop(String settings) {
    Recipe recipe = recipe(settings);
    Path file = folder.resolve("model.h5");
    try (Model through = model(TinyDenseNetwork::new, "adam", 1);
        Model stopped = model(TinyDenseNetwork::new, "adam", 2)) {
      through.fit(TRAIN, options(recipe));
      stopped.fit(TRAIN, options(recipe).withListener(new Stop(7)));
      stopped.save(file);
      try (Model resumed = Model.load(file, TinyDenseNetwork::new, 3)) {
        resumed.resume(TRAIN, TEST, List.of());
        assertSame(resumed, through);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "adam; h5; schedule=cosine",
        "sgd; h5; schedule=one-cycle",
        "adam; safetensors; schedule=plateau(factor=0.5,patience=1) label_smoothing=0.1",
        "sgd; h5; average_weights=0.9 clip_norm=0.5 schedule=linear stochastic_depth=0.5",
        "adam; weights.h5; average_weights=0.95 early_stopping=stop(patience=2)",
        "adam; h5; accumulate=2 class_weights=balanced precise_batch_norm=12",
        "sgd; h5; shards=4 accumulate=2 clip_norm=0.5 label_smoothing=0.1 precise_batch_norm=12",
        "sgd; h5; early_stopping=stop(patience=1,delta=0.5) schedule=step(every=1,factor=0.5)",
        "adam; h5; augment=flip,random-resized-crop(least=0.7),rotate,erase",
        "sgd; safetensors; augment=shift,mixup,cutmix label_smoothing=0.1 class_weights=across=2",
        "adam; h5; augment=trivial-augment,mixup(chance=0.5) accumulate=2 precise_batch_norm=12"
      })
  void endsInTheSameBits(String optimizer, String ending, String settings) {
    Recipe recipe = recipe(settings);
    try (Model through = model(optimizer, 1)) {
      through.fit(TRAIN, options(recipe));
      assertThat(through.unfinished()).isEmpty();
      for (int batches : new int[] {1, 5, 8}) {
        Path file = folder.resolve("model-" + batches + "." + ending);
        try (Model stopped = model(optimizer, 2)) {
          stopped.fit(TRAIN, options(recipe).withListener(new Stop(batches)));
          assertThat(stopped.unfinished()).isPresent();
          stopped.save(file);
        }
        goOn(file, 3);
        try (Model resumed = Model.load(file, TinyNetwork::new, 1)) {
          if (resumed.unfinished().isPresent()) {
            resumed.resume(TRAIN, TEST, List.of());
          }
          assertThat(resumed.unfinished()).isEmpty();
          assertThat(resumed.recipe()).isEqualTo(recipe);
          assertSame(resumed, through);
        }
      }
    }
  }

  /** The result is made after the last epoch was told of, and saved. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "average_weights=0.9",
        "early_stopping=stop(patience=1,delta=0.5)",
        "precise_batch_norm=12",
        "schedule=cosine"
      })
  void whatWasSavedAfterTheLastEpochMakesTheResult(String settings) {
    Recipe recipe = recipe(settings);
    Path file = folder.resolve("model.h5");
    try (Model through = model("adam", 1)) {
      through.fit(
          TRAIN,
          options(recipe)
              .withListener(
                  new TrainingListener() {
                    @Override
                    public void onEpochEnd(EpochResult epoch) {
                      through.save(file);
                    }
                  }));
      assertThat(through.unfinished()).isEmpty();
      try (Model resumed = Model.load(file, TinyNetwork::new, 2)) {
        if (settings.startsWith("schedule")) {
          assertThat(resumed.unfinished()).isEmpty();
        } else {
          resumed.resume(TRAIN, TEST, List.of());
          assertThat(resumed.unfinished()).isEmpty();
        }
        assertSame(resumed, through);
      }
    }
  }

  /** Returns a recipe of settings with blanks between them. */
  static Recipe recipe(String settings) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String setting : dev.lanewise.train.Term.split(settings, ' ')) {
      texts.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return Recipe.of(texts);
  }

  /** Goes on for some batches, and saves again. */
  private static void goOn(Path file, int batches) {
    try (Model model = Model.load(file, TinyNetwork::new, 2)) {
      model.resume(TRAIN, TEST, List.of(new Stop(batches)));
      model.save(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "LABELS; h5; augment=mixup label_smoothing=0.1 watch=val_auc early_stopping=stop",
        "LABELS; safetensors; accumulate=2",
        "VALUES; h5; augment=cutmix average_weights=0.9"
      })
  void labelsAndNumbersEndInTheSameBits(TargetKind kind, String ending, String settings) {
    ImageDataset train = new Measured(kind, 28, 1);
    ImageDataset test = new Measured(kind, 9, 2);
    FitOptions options =
        FitOptions.epochs(3).withBatchSize(BATCH).withRecipe(recipe(settings)).withValidation(test);
    try (Model through = model(kind, 1)) {
      through.fit(train, options);
      for (int batches : new int[] {1, 3, 8}) {
        Path file = folder.resolve(kind + "-" + batches + "." + ending);
        try (Model stopped = model(kind, 2)) {
          stopped.fit(train, options.withListener(new Stop(batches)));
          stopped.save(file);
        }
        try (Model resumed = Model.load(file, TinyNetwork::new, 1)) {
          resumed.resume(train, test, List.of());
          assertSame(resumed, through);
        }
      }
    }
  }

  private static Model model(TargetKind kind, int threads) {
    Loss loss = Loss.usual(kind);
    ModelOptions options = ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Measured.NAMES, loss.head());
    Model model = Model.build(TinyNetwork::new, options.withSeed(7).withThreads(threads));
    if (kind == TargetKind.LABELS) {
      model.compile(new Adam(1e-2), loss, Metric.AUC, Metric.ACCURACY, Metric.F1_SCORE);
    } else {
      model.compile(new Adam(1e-2), loss, Metric.MEAN_ABSOLUTE_ERROR);
    }
    return model;
  }

  @Test
  void saysWhatCannotGoOn() {
    try (Model model = model("adam", 1)) {
      model.fit(TRAIN, options(Recipe.PLAIN).withListener(new Stop(3)));
      assertThatThrownBy(() -> model.resume(new Stripes(27, 1), TEST, List.of()))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "the training goes on over the images that it began with, 28 of them, got 27: 27"
                  + " striped images");
      model.resume(TRAIN, TEST, List.of());
      assertThatThrownBy(() -> model.resume(TRAIN, TEST, List.of()))
          .isInstanceOf(ModelException.class)
          .hasMessage("there is no training to go on with: the last one is done");
    }
  }
}
