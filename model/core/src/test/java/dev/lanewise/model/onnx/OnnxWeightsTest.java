package dev.lanewise.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.OnnxOptions.Layout;
import dev.lanewise.model.ForeignOptions;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.NetworkFactory;
import dev.lanewise.model.Networks;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.model.weights.LoadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights come back from ONNX files, by the graph alone. */
@Execution(ExecutionMode.CONCURRENT)
class OnnxWeightsTest {
  private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e");
  private static final Offset<Float> TOLERANCE = Offset.offset(1e-5f);

  @TempDir private Path folder;

  private static Model model(NetworkFactory network, int height, int width, int classes) {
    Model model =
        Model.build(
            network,
            ModelOptions.of(height, width, CLASSES.subList(0, classes)).withSeed(3).withThreads(2));
    OnnxExportTest.disturb(model);
    return model;
  }

  private static float[] image(Model model) {
    SplittableRandom random = new SplittableRandom(1);
    float[] image = new float[model.imageShape().size()];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble();
    }
    return image;
  }

  static Stream<Arguments> files() {
    return Networks.names().stream()
        // Deeper and wider ones are made of others' blocks, and half a gigabyte.
        .filter(name -> !name.matches(".*(101|152|wideresnet50|vgg16).*"))
        .flatMap(
            name ->
                Stream.of(
                    Arguments.of(name, OnnxOptions.DEFAULT),
                    Arguments.of(
                        name, OnnxOptions.DEFAULT.withFolded(false).withLayout(Layout.NHWC))));
  }

  @ParameterizedTest
  @MethodSource("files")
  void bundledNetwork(String name, OnnxOptions options) {
    int size = name.equals("originalkerasresnet50") ? 224 : 64;
    Path file = folder.resolve("m.onnx");
    float[] wanted;
    float[] image;
    try (Model model = model(Networks.entry(name).factory(), size, size, 5)) {
      model.exportOnnx(file, options);
      image = image(model);
      wanted = model.predict(image, 1)[0];
    }
    try (Model read = Model.open(file, ForeignOptions.of(name).withInput(size, size), 2)) {
      float[] got = read.predict(image, 1)[0];
      if (options.folded()) {
        assertThat(got).containsExactly(wanted, TOLERANCE);
      } else {
        assertThat(got).isEqualTo(wanted);
      }
      assertThat(read.loadReport().format()).isEqualTo("ONNX of Lanewise");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, NCHW", "true, NHWC", "false, NCHW", "false, NHWC"})
  void rowsBehindAMapFindTheirPlaces(boolean bytes, Layout layout) {
    Path file = folder.resolve("m.onnx");
    try (Model model = model(TinyNetwork::new, 32, 36, 3);
        Model other = model(TinyNetwork::new, 32, 36, 3)) {
      model.exportOnnx(file, OnnxOptions.DEFAULT.withLayout(layout).withPreprocessing(bytes));
      other.network().parameters().forEach(p -> p.setValues(new float[p.size()]));
      other.loadWeights(file);
      float[] image = image(model);
      assertThat(other.predict(image, 1)[0]).containsExactly(model.predict(image, 1)[0], TOLERANCE);
    }
  }

  @Test
  void headOfOtherClassesIsLeftOut() {
    Path file = folder.resolve("m.onnx");
    try (Model model = model(TinyNetwork::new, 16, 18, 3);
        Model other = model(TinyNetwork::new, 16, 18, 5)) {
      model.exportOnnx(file, OnnxOptions.DEFAULT);
      assertThatThrownBy(() -> other.loadWeights(file))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("requires a kernel of shape")
          .hasMessageContaining("without its head");
      other.loadWeights(file, LoadOptions.whole().withoutHead());
    }
  }

  @Test
  void anotherNetworkIsRefused() {
    Path file = folder.resolve("m.onnx");
    try (Model model = model(TinyNetwork::new, 64, 64, 3);
        Model other = model(Networks.entry("torchresnet18").factory(), 64, 64, 3)) {
      model.exportOnnx(file, OnnxOptions.DEFAULT);
      assertThatThrownBy(() -> other.loadWeights(file))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("does not fit the network: its graph");
    }
  }

  /** A file that is damaged anywhere gives one sentence, or weights. */
  @Test
  void damageIsTold() throws IOException {
    Path file = folder.resolve("m.onnx");
    try (Model model = model(TinyNetwork::new, 16, 18, 3)) {
      model.exportOnnx(file, OnnxOptions.DEFAULT);
      byte[] whole = Files.readAllBytes(file);
      SplittableRandom random = new SplittableRandom(2);
      int told = 0;
      for (int i = 0; i < 1500; i++) {
        Files.write(file, mutated(whole, random));
        try {
          model.loadWeights(file);
        } catch (ModelFileException | ModelException e) {
          assertThat(e.getMessage()).contains("m.onnx").doesNotContain("Exception");
          told++;
        }
      }
      assertThat(told).isGreaterThan(300);
    }
  }

  private static byte[] mutated(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole.clone();
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length - 1));
    }
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      // The graph's nodes stand first: most of the rest are weights, in which all is possible.
      int among = random.nextBoolean() ? bytes.length : Math.min(bytes.length, 4000);
      bytes[random.nextInt(among)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
