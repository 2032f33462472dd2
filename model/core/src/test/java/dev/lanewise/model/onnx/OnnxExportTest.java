package dev.lanewise.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.OnnxOptions.Layout;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.NetworkFactory;
import dev.lanewise.model.Networks;
import dev.lanewise.model.TinyAlphaNetwork;
import dev.lanewise.model.TinyBatchNetwork;
import dev.lanewise.model.TinyDenseNetwork;
import dev.lanewise.model.TinyGreyNetwork;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Normalization;
import dev.lanewise.model.data.PixelMean;
import dev.lanewise.model.data.Preprocessing;
import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.HeadActivation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime answers as the model does that an ONNX file was made of. */
@Execution(ExecutionMode.CONCURRENT)
class OnnxExportTest {
  private static final int IMAGES = 3;
  private static final float TOLERANCE = 1e-5f;

  /** ONNX Runtime 1.24 strays this far from itself, by its optimisations of a graph. */
  private static final float TOLERANCE_OPTIMISED = 1e-4f;

  private static final List<String> CLASSES = List.of("ä", "b \"c\"", "d", "e", "f");

  @TempDir private Path folder;

  private static Model model(NetworkFactory network, int height, int width, Preprocessing pixels) {
    Model model =
        Model.build(
            network,
            ModelOptions.of(height, width, CLASSES)
                .withSeed(3)
                .withThreads(2)
                .withPreprocessing(pixels));
    disturb(model);
    return model;
  }

  /** Makes all parameters differ from those of layers that do nothing. */
  static void disturb(Model model) {
    SplittableRandom random = new SplittableRandom(5);
    for (Parameter parameter : model.network().parameters()) {
      float[] values = parameter.values();
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (parameter.name()) {
              case "gamma" -> (float) random.nextDouble(0.3, 0.7);
              case "moving_variance" -> (float) random.nextDouble(0.5, 1.5);
              case "beta", "moving_mean", "bias" -> (float) random.nextDouble(-0.2, 0.2);
              default -> values[i];
            };
      }
      parameter.setValues(values);
    }
  }

  private static byte[] images(ImageShape shape) {
    ImageDataset hands = Datasets.handsForEvaluation(shape, 1);
    byte[] images = new byte[IMAGES * shape.size()];
    for (int n = 0; n < IMAGES; n++) {
      hands.read(31 * n, images, n * shape.size());
    }
    return images;
  }

  private static float[] floats(byte[] images, Model model) {
    float[] floats = new float[images.length];
    int size = model.imageShape().size();
    for (int n = 0; n < IMAGES; n++) {
      byte[] image = Arrays.copyOfRange(images, n * size, (n + 1) * size);
      model.preprocessing().apply(image, floats, n * size, model.imageShape().channels());
    }
    return floats;
  }

  private static int channelsFirst(int i, ImageShape shape) {
    int pixels = shape.height() * shape.width();
    int pixel = i % shape.size() / shape.channels();
    return i / shape.size() * shape.size() + i % shape.channels() * pixels + pixel;
  }

  private static float[] channelsFirst(float[] images, ImageShape shape) {
    float[] result = new float[images.length];
    for (int i = 0; i < images.length; i++) {
      result[channelsFirst(i, shape)] = images[i];
    }
    return result;
  }

  private static byte[] channelsFirst(byte[] images, ImageShape shape) {
    byte[] result = new byte[images.length];
    for (int i = 0; i < images.length; i++) {
      result[channelsFirst(i, shape)] = images[i];
    }
    return result;
  }

  @ParameterizedTest
  @EnumSource
  void headsAnswerAsTheModelDoes(HeadActivation head) throws OrtException {
    ModelOptions options = ModelOptions.of(12, 12, CLASSES, head).withSeed(3).withThreads(2);
    try (Model model = Model.build(TinyNetwork::new, options)) {
      disturb(model);
      assertSame(model, OnnxOptions.DEFAULT);
    }
  }

  private void assertSame(Model model, OnnxOptions options) throws OrtException {
    assertSame(model, options, List.of(false, true));
  }

  private void assertSame(Model model, OnnxOptions options, List<Boolean> optimisations)
      throws OrtException {
    Path file = folder.resolve("m.onnx");
    model.exportOnnx(file, options);
    ImageShape shape = model.imageShape();
    byte[] bytes = images(shape);
    float[] floats = floats(bytes, model);
    float[][] wanted = model.predict(floats, IMAGES);
    boolean last = options.layout() == Layout.NHWC;
    long[] extents =
        last
            ? new long[] {IMAGES, shape.height(), shape.width(), shape.channels()}
            : new long[] {IMAGES, shape.channels(), shape.height(), shape.width()};
    for (boolean optimised : optimisations) {
      try (OnnxSession session = new OnnxSession(file, optimised)) {
        OnnxSession.Result result =
            options.preprocessing()
                ? session.run(last ? bytes : channelsFirst(bytes, shape), extents)
                : session.run(last ? floats : channelsFirst(floats, shape), extents);
        assertThat(result.shape()).containsExactly(IMAGES, CLASSES.size());
        for (int n = 0; n < IMAGES; n++) {
          for (int c = 0; c < CLASSES.size(); c++) {
            assertThat(result.values()[n * CLASSES.size() + c])
                .as("image %d, class %d", n, c)
                .isCloseTo(wanted[n][c], within(optimised ? TOLERANCE_OPTIMISED : TOLERANCE))
                .isLessThan(0.999f);
          }
        }
        assertThat(session.metadata())
            .containsEntry("classes", "[\"ä\",\"b \\\"c\\\"\",\"d\",\"e\",\"f\"]")
            .containsEntry("preprocessing", model.preprocessing().text())
            .containsEntry("network", model.network().name());
      }
    }
  }

  @Test
  void statisticsOfTheBatchAreRefused() {
    Path file = folder.resolve("m.onnx");
    try (Model model = model(TinyBatchNetwork::new, 12, 12, StandardPreprocessing.RESCALE)) {
      assertThatThrownBy(() -> model.exportOnnx(file, OnnxOptions.DEFAULT))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("ONNX requires batch normalisations by moving statistics");
    }
    assertThat(file).doesNotExist();
  }

  static List<String> bundled() {
    return Networks.names();
  }

  @ParameterizedTest
  @MethodSource("bundled")
  void bundledNetwork(String name) throws OrtException {
    Networks.Entry entry = Networks.entry(name);
    // Its pool takes what is left of the usual size.
    int size = name.equals("originalkerasresnet50") ? 224 : 64;
    try (Model model = model(entry.factory(), size, size, entry.preprocessing())) {
      // Deeper and wider ones are made of others' blocks, which ONNX Runtime optimises alike.
      boolean large = name.matches(".*(101|152|wideresnet50|vgg16).*");
      assertSame(model, OnnxOptions.DEFAULT, large ? List.of(false) : List.of(false, true));
    }
  }

  static Stream<Arguments> options() {
    return Stream.of(OnnxOptions.LEAST_OPSET, 15, 17, 18, 19, OnnxOptions.MOST_OPSET)
        .flatMap(
            opset ->
                Stream.of(Layout.values())
                    .flatMap(
                        layout ->
                            Stream.of(true, false)
                                .map(folded -> Arguments.of(opset, layout, folded))));
  }

  @ParameterizedTest
  @MethodSource("options")
  void option(int opset, Layout layout, boolean folded) throws OrtException {
    OnnxOptions options = new OnnxOptions(opset, layout, folded, false);
    for (NetworkFactory network :
        List.<NetworkFactory>of(
            TinyNetwork::new, TinyGreyNetwork::new, TinyAlphaNetwork::new, TinyDenseNetwork::new)) {
      try (Model model = model(network, 17, 22, StandardPreprocessing.RESCALE)) {
        assertSame(model, options);
      }
    }
  }

  static Stream<Preprocessing> preprocessings() {
    ImageDataset hands = Datasets.handsForEvaluation(ImageShape.rgb(16, 18), 2);
    return Stream.concat(
        Stream.of(StandardPreprocessing.values()),
        Stream.of(
            Normalization.of(new float[] {0.5f, 0.4f, 0.3f}, new float[] {0.2f, 0.3f, 0.25f}),
            PixelMean.of(hands)));
  }

  @ParameterizedTest
  @MethodSource("preprocessings")
  void preprocessing(Preprocessing preprocessing) throws OrtException {
    try (Model model = model(TinyNetwork::new, 16, 18, preprocessing)) {
      for (Layout layout : Layout.values()) {
        assertSame(model, OnnxOptions.DEFAULT.withLayout(layout).withPreprocessing(true));
      }
    }
  }
}
