package dev.lanewise.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.OnnxOptions.Layout;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.ForeignOptions;
import dev.lanewise.model.HeadlessModel;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.error.ModelException;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks without their head come from files and go to files. */
class HeadlessModelTest {
  private static final ForeignOptions OPTIONS =
      ForeignOptions.of(TinyNetwork::new).withInput(32, 36);

  @TempDir private Path folder;
  private Path whole;

  @BeforeEach
  void write() {
    whole = folder.resolve("whole.onnx");
    ModelOptions options = ModelOptions.of(32, 36, List.of("a", "b", "c")).withSeed(3);
    try (Model model = Model.build(TinyNetwork::new, options)) {
      OnnxExportTest.disturb(model);
      model.exportOnnx(whole, OnnxOptions.DEFAULT.withFolded(false));
    }
  }

  private static BufferedImage image() {
    SplittableRandom random = new SplittableRandom(1);
    BufferedImage image = new BufferedImage(36, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 36 * 32; i++) {
      image.setRGB(i % 36, i / 36, random.nextInt(1 << 24));
    }
    return image;
  }

  private static float[] features(Path file) {
    try (FeatureExtractor extractor = FeatureExtractor.open(file, OPTIONS, 1)) {
      return extractor.features(image());
    }
  }

  /** Writes the network without its head, and that of the file which that gives again. */
  private Path headless(String name, OnnxOptions options) {
    Path once = folder.resolve("once.onnx");
    Path twice = folder.resolve(name);
    assertThat(HeadlessModel.isIn(whole)).isFalse();
    try (HeadlessModel model = HeadlessModel.open(whole, OPTIONS, 1)) {
      model.exportOnnx(once, options);
    }
    assertThat(HeadlessModel.isIn(once)).isTrue();
    try (HeadlessModel model = HeadlessModel.open(once, OPTIONS, 1)) {
      assertThat(model.imageShape()).isEqualTo(ImageShape.rgb(32, 36));
      if (name.endsWith(".onnx")) {
        model.exportOnnx(twice, options);
      } else if (name.endsWith(".keras")) {
        model.exportKeras(twice);
      } else {
        model.saveWeights(twice);
      }
    }
    assertThat(HeadlessModel.isIn(twice)).isTrue();
    return twice;
  }

  @ParameterizedTest
  @CsvSource({"NCHW, true", "NCHW, false", "NHWC, true", "NHWC, false"})
  void onnxRuntimeAnswersWithTheLastMap(Layout layout, boolean folded) throws OrtException {
    OnnxOptions options = OnnxOptions.DEFAULT.withLayout(layout).withFolded(folded);
    boolean last = layout == Layout.NHWC;
    BufferedImage image = image();
    float[] pixels = new float[32 * 36 * 3];
    for (int i = 0; i < 32 * 36; i++) {
      for (int c = 0; c < 3; c++) {
        float value = (image.getRGB(i % 36, i / 36) >> 8 * (2 - c) & 255) / 255f;
        pixels[last ? 3 * i + c : 32 * 36 * c + i] = value;
      }
    }
    float[] wanted = features(whole);
    long[] shape = last ? new long[] {1, 32, 36, 3} : new long[] {1, 3, 32, 36};
    try (OnnxSession session = new OnnxSession(headless("twice.onnx", options), false)) {
      OnnxSession.Result map = session.run(pixels, shape);
      assertThat(map.shape()).hasSize(4).startsWith(1);
      int channels = (int) map.shape()[last ? 3 : 1];
      assertThat(channels).isEqualTo(wanted.length);
      int places = map.values().length / channels;
      assertThat(places).as("it is a map").isGreaterThan(1);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int i = 0; i < places; i++) {
          sum += map.values()[last ? i * channels + c : c * places + i];
        }
        assertThat((float) (sum / places)).as("channel %d", c).isCloseTo(wanted[c], within(1e-5f));
      }
      assertThat(session.metadata()).containsEntry("classes", "[]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.onnx", "m.keras", "m.weights.h5", "m.safetensors"})
  void filesOfAllKindsComeBack(String name) {
    float[] wanted = features(whole);
    float[] got = features(headless(name, OnnxOptions.DEFAULT.withFolded(false)));
    assertThat(got).isEqualTo(wanted);
  }

  @Test
  void anotherNetworkIsRefused() {
    Path file = headless("m.onnx", OnnxOptions.DEFAULT);
    ForeignOptions other = ForeignOptions.of("torchresnet18").withInput(32, 36);
    assertThatThrownBy(() -> HeadlessModel.open(file, other, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not fit the network");
    assertThatThrownBy(() -> Model.open(file, OPTIONS, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no dense layer");
  }
}
