package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.model.data.Normalization;
import dev.lanewise.model.data.PixelMean;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.training.Metric;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.train.Adam;
import dev.lanewise.train.Optimizer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen layers, learning rates of layers and preprocessing: in training and in files. */
class FineTuningTest {
  private static final Stripes TRAIN = new Stripes(40, 1);
  private static final int BATCH = 16;

  @TempDir private Path folder;

  private static Model tiny(ModelOptions options) {
    Model model = Model.build(TinyNetwork::new, options.withThreads(2).withSeed(7));
    model.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY, Metric.ACCURACY);
    return model;
  }

  private static ModelOptions options() {
    return ModelOptions.of(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES);
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

  private static void assertSameBits(Map<String, float[]> got, Map<String, float[]> wanted) {
    wanted.forEach((path, array) -> assertThat(got.get(path)).as(path).isEqualTo(array));
  }

  private static Map<String, float[]> without(Map<String, float[]> values, String prefix) {
    Map<String, float[]> rest = new LinkedHashMap<>(values);
    rest.keySet().removeIf(path -> path.startsWith(prefix));
    return rest;
  }

  @Test
  void headAloneLearnsOnFrozenLayers() {
    try (Model model = tiny(options())) {
      model.fit(TRAIN, epochs(3));
      model.freeze("*", "!fc*");
      Map<String, float[]> before = values(model);
      History history = model.fit(TRAIN, epochs(5));
      assertSameBits(values(model), without(before, "fc"));
      assertThat(values(model).get("fc3/kernel")).isNotEqualTo(before.get("fc3/kernel"));
      assertThat(history.epochs().get(4).loss()).isLessThan(history.epochs().get(0).loss());
      assertThat(model.summary()).contains("Trainable params: 63" + System.lineSeparator());

      model.unfreeze();
      model.fit(TRAIN, epochs(1));
      assertThat(values(model).get("conv1/kernel")).isNotEqualTo(before.get("conv1/kernel"));
      assertThat(values(model).get("bn_conv1/moving_mean"))
          .isNotEqualTo(before.get("bn_conv1/moving_mean"));
    }
  }

  @Test
  void newHeadLearnsOtherClassesOnLoadedWeights() {
    Path file = folder.resolve("three.h5");
    Map<String, float[]> wanted;
    try (Model three = tiny(options())) {
      three.fit(TRAIN, epochs(4));
      three.save(file);
      wanted = values(three);
    }
    List<String> classes = List.of("across", "down", "none", "other");
    Stripes four = new Stripes(40, 3, classes);
    try (Model model = tiny(ModelOptions.of(Stripes.SIZE, Stripes.SIZE, classes))) {
      float[] head = values(model).get("fc4/kernel");
      model.loadWeights(file, LoadOptions.whole().withoutHead());
      assertThat(values(model).get("fc4/kernel")).isEqualTo(head);
      model.freeze("*", "!fc*");
      History history = model.fit(four, epochs(12));
      assertSameBits(values(model), without(wanted, "fc"));
      assertThat(history.epochs().get(11).loss()).isLessThan(history.epochs().get(0).loss() / 2);
    }
  }

  @Test
  void patternsAddUpAndMistakesChangeNothing() {
    try (Model model = tiny(options())) {
      model.freeze("conv1");
      model.freeze("bn_conv1");
      assertThatThrownBy(() -> model.freeze("res2a*", "res9*"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no layer with parameters is named 'res9*'");
      assertThatThrownBy(() -> model.setLearningRateFactor(2, "fc3", "fc4"))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("'fc4'");
      for (double factor : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> model.setLearningRateFactor(factor, "fc3"))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("a factor of the learning rate must be a positive");
      }
      assertThat(frozen(model)).containsExactly("conv1", "bn_conv1");
      assertThat(model.describeOptimizer()).isEqualTo("adam, learning rate 0.01");
      model.setLearningRateFactor(10, "fc*");
      assertThat(model.describeOptimizer()).isEqualTo("adam, learning rate 0.01 (x 10 in fc*)");
      assertThatThrownBy(() -> model.freeze("*"))
          .isInstanceOf(ModelException.class)
          .hasMessage("to freeze conv1,bn_conv1,* leaves nothing of network Tiny to train");
      assertThat(frozen(model)).containsExactly("conv1", "bn_conv1");
    }
  }

  private static List<String> frozen(Model model) {
    return model.network().parameters().stream()
        .filter(Parameter::frozen)
        .map(Parameter::layer)
        .distinct()
        .toList();
  }

  @Test
  void savedAndContinuedIsAsNeverStopped() {
    Path file = folder.resolve("model.h5");
    Consumer<Model> fineTune =
        model -> {
          model.freeze("*", "!res3*", "!bn3*", "!fc*", "bn3a_branch1");
          model.setLearningRateFactor(3, "fc*", "res3a_branch1");
          model.setLearningRateFactor(0.1, "res3*");
        };
    try (Model through = tiny(options());
        Model stopped = tiny(options())) {
      fineTune.accept(through);
      fineTune.accept(stopped);
      through.fit(TRAIN, epochs(3));
      stopped.fit(TRAIN, epochs(2));
      stopped.save(file);
      try (Model loaded = Model.load(file, TinyNetwork::new, 1)) {
        assertThat(frozen(loaded)).isEqualTo(frozen(through)).contains("conv1", "bn3a_branch1");
        assertThat(loaded.summary()).isEqualTo(through.summary());
        assertThat(loaded.describeOptimizer()).isEqualTo(through.describeOptimizer());
        loaded.fit(TRAIN, epochs(1));
        assertSameBits(values(loaded), values(through));
        for (int i = 0; i < 2; i++) {
          Optimizer.Slot wanted = through.optimizer().slots().get(i);
          assertThat(loaded.optimizer().slots().get(i).values()).isEqualTo(wanted.values());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "frozen_layers;res9*;no layer with parameters is named 'res9*'",
        "frozen_layers;a,,b;no layer with parameters is named 'a'",
        "frozen_layers;',';is no pattern of layer names",
        "learning_rate_factors;fc3;For input string: \"fc3\"",
        "learning_rate_factors;fc3=x;For input string: \"x\"",
        "learning_rate_factors;=1;is no pattern of layer names",
        "learning_rate_factors;fc3=-1;must be a positive",
        "preprocessing;pixels / 7;the preprocessing 'pixels / 7' is not known",
      })
  void filesThatSayWhatDoesNotFitAreRefused(String name, String text, String why) {
    Path file = folder.resolve("model.h5");
    try (Model model = tiny(options())) {
      model.save(file);
    }
    withAttributes(file, Map.of(name, text));
    assertThatThrownBy(() -> Model.load(file, TinyNetwork::new, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(why);
  }

  @Test
  void fileOfTooFewClassesIsRefusedByItsName() {
    Path file = folder.resolve("model.h5");
    try (Model model = tiny(options())) {
      model.save(file);
    }
    with(file, List.of("one"), Map.of());
    assertThatThrownBy(() -> Model.load(file, TinyNetwork::new, 1))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + " cannot be used: a classifier requires at least 2 classes, got 1");
  }

  private static void withAttributes(Path file, Map<String, String> attributes) {
    with(file, ModelFiles.load(file).classNames(), attributes);
  }

  private static void with(Path file, List<String> classNames, Map<String, String> attributes) {
    SavedModel s = ModelFiles.load(file);
    ModelFiles.save(
        file,
        new SavedModel(
            s.network(),
            s.height(),
            s.width(),
            s.channels(),
            classNames,
            s.layers(),
            s.training(),
            s.optimizer(),
            s.copies(),
            attributes),
        layers(s));
  }

  private static List<LayerInfo> layers(SavedModel saved) {
    try (Model model =
        Model.build(
            TinyNetwork::new, ModelOptions.of(saved.height(), saved.width(), saved.classNames()))) {
      return model.network().layerInfos();
    }
  }

  private static Stream<Arguments> preprocessings() {
    List<Preprocessing> all = new ArrayList<>(List.of(StandardPreprocessing.values()));
    all.add(Normalization.of(new float[] {0.1f, 0.25f, 0.9f}, new float[] {0.125f, 0.0625f, 0.3f}));
    all.add(PixelMean.of(TRAIN));
    return all.stream()
        .flatMap(
            preprocessing ->
                Stream.of("model.h5", "model.safetensors", "model.weights.h5")
                    .map(name -> Arguments.of(preprocessing, name)));
  }

  @ParameterizedTest
  @MethodSource("preprocessings")
  void preprocessingIsKeptAndAppliedEverywhere(Preprocessing preprocessing, String name) {
    Path file = folder.resolve(name);
    BufferedImage image = new BufferedImage(15, 20, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 15; i++) {
      image.setRGB(i, i, 0xff8000 + 9 * i);
    }
    try (Model model = tiny(options().withPreprocessing(preprocessing))) {
      model.save(file);
      float[] wanted = model.predict(floats(preprocessing, image), 1)[0];
      assertThat(model.predict(image)).isEqualTo(wanted);
      try (Model loaded = Model.load(file, TinyNetwork::new, 1);
          Classifier classifier = Classifier.load(file, TinyNetwork::new, 1)) {
        assertThat(loaded.preprocessing()).isEqualTo(preprocessing);
        assertThat(loaded.predict(image)).isEqualTo(wanted);
        assertThat(classifier.preprocessing()).isEqualTo(preprocessing);
        assertThat(classifier.classify(image).probabilities()).isEqualTo(wanted);

        byte[] pixels = new byte[TRAIN.shape().size()];
        TRAIN.read(39, pixels, 0);
        float[] values = new float[pixels.length];
        preprocessing.apply(pixels, values, 0, 3);
        assertThat(loaded.predict(TRAIN, 1)[39]).isEqualTo(loaded.predict(values, 1)[0]);
      }
      // Weights alone do not say it.
      Path weights = folder.resolve("alone.h5");
      model.saveWeights(weights);
      ForeignOptions foreign =
          ForeignOptions.of(TinyNetwork::new)
              .withInput(model.height(), model.width())
              .withPreprocessing(preprocessing);
      try (Model opened = Model.open(weights, foreign, 1)) {
        assertThat(opened.predict(image)).isEqualTo(wanted);
      }
    }
  }

  @Test
  void aMeanImageFitsImagesOfItsSizeAlone() {
    ModelOptions other =
        ModelOptions.of(Stripes.SIZE + 4, Stripes.SIZE, Stripes.CLASSES)
            .withPreprocessing(PixelMean.of(TRAIN));
    assertThatThrownBy(() -> Model.build(TinyNetwork::new, other))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("requires images of " + TRAIN.shape() + ", got network Tiny");
  }

  private static float[] floats(Preprocessing preprocessing, BufferedImage image) {
    byte[] pixels = Images.toBytes(image, ImageShape.rgb(Stripes.SIZE, Stripes.SIZE));
    float[] values = new float[pixels.length];
    preprocessing.apply(pixels, values, 0, 3);
    return values;
  }

  @Test
  void filesThatSayNothingOfPreprocessingAreRescaled() {
    Path file = folder.resolve("model.h5");
    try (Model model = tiny(options().withPreprocessing(StandardPreprocessing.CAFFE))) {
      model.save(file);
    }
    assertThat(ModelFiles.load(file).attributes())
        .containsOnly(
            Map.entry("preprocessing", StandardPreprocessing.CAFFE.text()),
            Map.entry("network_package", "dev.lanewise.model"));
    withAttributes(file, Map.of());
    try (Model loaded = Model.load(file, TinyNetwork::new, 1)) {
      assertThat(loaded.preprocessing()).isEqualTo(StandardPreprocessing.RESCALE);
      assertThat(frozen(loaded)).isEmpty();
    }
  }

  @Test
  void networksHaveTheirUsualPreprocessing() {
    assertThat(Networks.entry("ResNet50").preprocessing()).isEqualTo(StandardPreprocessing.RESCALE);
    try (Model model = tiny(options())) {
      assertThat(model.preprocessing()).isEqualTo(StandardPreprocessing.RESCALE);
    }
  }
}
