package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.training.FitOptions;
import dev.lanewise.model.training.Loss;
import dev.lanewise.model.weights.LoadOptions;
import dev.lanewise.model.weights.LoadReport;
import dev.lanewise.train.Adam;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weight files in and out of models. */
class WeightFilesTest {
  /** Leaves a map of 2x2 in front of the dense layer. */
  private static final int SIZE = 20;

  private static final int CHANNELS = 20;
  private static final int BATCH = 8;

  @TempDir private Path folder;

  private static Model tiny(int size, long seed) {
    return Model.build(
        TinyNetwork::new,
        ModelOptions.of(size, size, Stripes.CLASSES).withThreads(1).withSeed(seed));
  }

  private static List<float[]> values(Model model) {
    return model.network().parameters().stream().map(Parameter::values).toList();
  }

  private static void assertSame(Model actual, List<float[]> wanted) {
    assertThat(values(actual)).usingRecursiveComparison().isEqualTo(wanted);
  }

  @Test
  void weightsThatAreNotFiniteAreRefused() {
    for (String name : List.of("model.h5", "model.safetensors", "model.weights.h5")) {
      Path file = folder.resolve(name);
      try (Model failed = tiny(Stripes.SIZE, 1);
          Model other = tiny(Stripes.SIZE, 2)) {
        Parameter parameter = failed.network().parameters().get(0);
        float[] values = parameter.values();
        values[3] = Float.NaN;
        values[5] = Float.NEGATIVE_INFINITY;
        parameter.setValues(values);
        failed.save(file);
        List<float[]> before = values(other);
        String message =
            "the kernel of layer 'conv1' in %s holds values that are not finite, 2 of "
                .formatted(file);
        assertThatThrownBy(() -> Model.load(file, TinyNetwork::new, 1))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining(message);
        assertThatThrownBy(() -> Model.loadForInference(file, TinyNetwork::new, 1))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining(message);
        assertThatThrownBy(() -> other.loadWeights(file))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining(message);
        assertSame(other, before);
        Stripes images = new Stripes(4, 1);
        assertThatThrownBy(() -> failed.predict(images, 4))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("is NaN, not a finite number");
        assertThatThrownBy(() -> failed.evaluate(images, 4))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("the loss over the images is NaN");
      }
    }
  }

  @Test
  void weightsAloneComeBackInEveryFormat() {
    for (String name : List.of("w.h5", "w.safetensors", "w.weights.h5")) {
      Path file = folder.resolve(name);
      try (Model trained = tiny(Stripes.SIZE, 1);
          Model other = tiny(Stripes.SIZE, 2)) {
        trained.compile(new Adam(1e-2), Loss.CATEGORICAL_CROSSENTROPY);
        trained.fit(new Stripes(24, 1), FitOptions.epochs(1).withBatchSize(BATCH));
        trained.saveWeights(file);
        assertThat(ModelFiles.isModel(file)).isFalse();
        LoadReport report = other.loadWeights(file);
        assertThat(report.byName()).isTrue();
        assertThat(other.loadReport()).isEqualTo(report);
        assertSame(other, values(trained));
      }
    }
  }

  @Test
  void aDenseLayerBehindAMapHasItsRowsInPyTorchsOrder() {
    Path file = folder.resolve("weights.safetensors");
    Path whole = folder.resolve("model.safetensors");
    try (Model model = tiny(SIZE, 1);
        Model other = tiny(SIZE, 2)) {
      model.saveWeights(file);
      model.save(whole);
      List<Parameter> parameters = model.network().parameters();
      Parameter kernel = parameters.get(parameters.size() - 2);
      assertThat(kernel.shape()).containsExactly(4 * CHANNELS, 3);
      float[] keras = kernel.values();
      float[] torch =
          WeightFiles.use(
              file, saved -> array(saved.layers(), kernel.layer(), kernel.name()).values());
      for (int c = 0; c < CHANNELS; c++) {
        for (int hw = 0; hw < 4; hw++) {
          assertThat(torch[(c * 4 + hw) * 3 + 1]).isEqualTo(keras[(hw * CHANNELS + c) * 3 + 1]);
        }
      }
      other.loadWeights(file);
      assertSame(other, values(model));
      other.loadWeights(whole);
      assertSame(other, values(model));
      try (Model loaded = Model.load(whole, TinyNetwork::new, 1)) {
        assertSame(loaded, values(model));
      }
    }
  }

  /** Several dense layers, the first behind a flattened map and a dropout. */
  @Test
  void denseLayersComeBackInEveryFormat() {
    ModelOptions options = ModelOptions.of(SIZE, SIZE, Stripes.CLASSES).withThreads(1);
    try (Model model = Model.build(TinyDenseNetwork::new, options.withSeed(1))) {
      for (String name : List.of("m.h5", "m.keras", "m.safetensors", "m.weights.h5", "m.onnx")) {
        Path file = folder.resolve(name);
        boolean exported = name.endsWith("onnx") || name.endsWith("keras");
        if (name.endsWith("onnx")) {
          model.exportOnnx(file, OnnxOptions.DEFAULT.withFolded(false));
        } else if (exported) {
          model.exportKeras(file);
        } else {
          model.save(file);
        }
        try (Model other = Model.build(TinyDenseNetwork::new, options.withSeed(2))) {
          other.loadWeights(file);
          assertSame(other, values(model));
        }
        if (!exported) {
          try (Model loaded = Model.load(file, TinyDenseNetwork::new, 1)) {
            assertSame(loaded, values(model));
          }
        }
      }
      Parameter kernel =
          model.network().parameters().stream()
              .filter(p -> p.layer().equals("hidden") && p.name().equals("kernel"))
              .findFirst()
              .orElseThrow();
      float[] torch =
          WeightFiles.use(
              folder.resolve("m.safetensors"),
              saved -> array(saved.layers(), "hidden", "kernel").values());
      int units = kernel.shape()[1];
      int places = kernel.shape()[0] / CHANNELS;
      assertThat(places).isGreaterThan(1);
      for (int c = 0; c < CHANNELS; c++) {
        for (int hw = 0; hw < places; hw++) {
          assertThat(torch[(c * places + hw) * units + 1])
              .isEqualTo(kernel.values()[(hw * CHANNELS + c) * units + 1]);
        }
      }
    }
  }

  private static SavedArray array(List<SavedLayer> layers, String layer, String name) {
    return layers.stream()
        .filter(saved -> saved.name().equals(layer))
        .flatMap(saved -> saved.arrays().stream())
        .filter(array -> array.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothingChangesWhereAFileTurnsOutToBeDamagedInItsMiddle() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    try (Model model = tiny(Stripes.SIZE, 1);
        Model other = tiny(Stripes.SIZE, 2)) {
      model.saveWeights(file);
      String header = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
      // The last tensor's values become integers.
      int at = header.lastIndexOf("\"F32\"");
      try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
        bytes.seek(at);
        bytes.writeBytes("\"I32\"");
      }
      List<float[]> before = values(other);
      assertThatThrownBy(() -> other.loadWeights(file))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("holds values of type I32");
      assertSame(other, before);
    }
  }

  @Test
  void aNewHeadKeepsItsValues() {
    Path file = folder.resolve("weights.safetensors");
    try (Model model = tiny(Stripes.SIZE, 1);
        Model two =
            Model.build(
                TinyNetwork::new,
                ModelOptions.of(Stripes.SIZE, Stripes.SIZE, List.of("a", "b")).withThreads(1))) {
      model.saveWeights(file);
      List<float[]> wanted = new ArrayList<>(values(model));
      List<float[]> before = values(two);
      assertThatThrownBy(() -> two.loadWeights(file))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("it can be loaded without its head");
      assertSame(two, before);
      LoadReport report = two.loadWeights(file, LoadOptions.whole().withoutHead());
      assertThat(report.leftOut()).hasSize(2);
      for (int i = wanted.size() - 2; i < wanted.size(); i++) {
        wanted.set(i, before.get(i));
      }
      assertSame(two, wanted);
    }
  }

  @Test
  void filesOfOthersAreOpenedAsModels() {
    Path file = folder.resolve("weights.safetensors");
    Stripes images = new Stripes(12, 3);
    try (Model model = tiny(Stripes.SIZE, 1)) {
      model.saveWeights(file);
      ForeignOptions options = ForeignOptions.of(TinyNetwork::new);
      assertThatThrownBy(() -> Model.open(file, options, 1))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              file
                  + " does not say of which size its input images are; it has to be given, by"
                  + " --input or ForeignOptions.withInput");
      ForeignOptions sized = options.withInput(Stripes.SIZE, Stripes.SIZE);
      try (Model opened = Model.open(file, sized, 1)) {
        assertThat(opened.classNames()).containsExactly("0", "1", "2");
        assertThat(opened.predict(images, BATCH)).isDeepEqualTo(model.predict(images, BATCH));
        assertThat(opened.loadReport().matches()).hasSize(opened.loadReport().lines().size() - 1);
        assertThat(opened.isCompiled()).isFalse();
        assertThatThrownBy(() -> opened.renameClasses(List.of("a")))
            .hasMessage("the model has 3 classes, got 1 names: [a]");
        opened.renameClasses(Stripes.CLASSES);
        assertThat(opened.classNames()).isEqualTo(Stripes.CLASSES);
      }
      try (Model opened = Model.open(file, sized.withClassNames(Stripes.CLASSES), 1)) {
        assertThat(opened.classNames()).isEqualTo(Stripes.CLASSES);
      }
      assertThatThrownBy(() -> Model.open(file, sized.withClassNames(List.of("a", "b")), 1))
          .hasMessage("the model has 3 classes, got 2 names: [a, b]");
      assertThatThrownBy(() -> Model.open(file, options.withInput(SIZE, SIZE), 1))
          .hasMessageContaining("requires a kernel of shape [80,3]");
      assertThatThrownBy(() -> Model.load(file, TinyNetwork::new, 1))
          .hasMessageContaining("not a Lanewise model");
    }
  }
}
