package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.ForeignOptions;
import dev.lanewise.model.HeadlessModel;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExportCommandTest {
  private static final String NETWORK = "cifarresnet20";
  private static final List<String> CLASSES = List.of("cat", "dog", "owl");

  @TempDir private static Path models;
  private static Path model;
  private static float[] answer;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void saveModel() {
    model = models.resolve("m.h5");
    try (Model untrained = Model.build(NETWORK, ModelOptions.of(32, 36, CLASSES))) {
      untrained.save(model);
      answer = untrained.predict(image(), 1)[0];
    }
  }

  private static float[] image() {
    float[] image = new float[32 * 36 * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 / 7f;
    }
    return image;
  }

  private int run(String... args) {
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  private int export(String name, String... options) {
    String[] args = new String[5 + options.length];
    args[0] = "export";
    args[1] = "--model";
    args[2] = model.toString();
    args[3] = "--out";
    args[4] = folder.resolve(name).toString();
    System.arraycopy(options, 0, args, 5, options.length);
    return run(args);
  }

  /** Returns a file's bytes as a text, in which names of operators stand. */
  private String content(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @Test
  void writesOnnxAsAskedFor() throws IOException {
    assertThat(export("a.onnx")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("a.onnx: input [N,3,32,36] of pixels / 255, opset 17");
    assertThat(content("a.onnx")).contains("Conv", "Softmax").doesNotContain("BatchNormalization");
    assertThat(export("b.ONNX", "--opset=13", "--layout=NHWC", "--keep-norms", "--from-bytes"))
        .isZero();
    assertThat(out.toString()).contains("b.ONNX: input [N,32,36,3] of bytes, opset 13");
    assertThat(content("b.ONNX")).contains("BatchNormalization", "Cast", "Transpose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.keras", "m.weights.h5", "m.safetensors"})
  void whatIsWrittenReadsBack(String name) {
    assertThat(export(name)).as(err.toString()).isZero();
    ForeignOptions options = ForeignOptions.of(NETWORK).withInput(32, 36).withClassNames(CLASSES);
    try (Model read = Model.open(folder.resolve(name), options, 1)) {
      assertThat(read.predict(image(), 1)[0]).isEqualTo(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.onnx", "m.keras", "m.weights.h5", "m.safetensors"})
  void fileWithoutAHead(String name) {
    Path headless = models.resolve("headless.onnx");
    ForeignOptions options = ForeignOptions.of(NETWORK).withInput(32, 36);
    Path weights = models.resolve("whole.safetensors");
    try (Model whole = Model.load(model)) {
      whole.saveWeights(weights);
    }
    try (HeadlessModel written = HeadlessModel.open(weights, options, 1)) {
      written.exportOnnx(headless, OnnxOptions.DEFAULT);
    }
    Path file = folder.resolve(name);
    String[] args = {
      "export",
      "--model",
      headless.toString(),
      "--network",
      NETWORK,
      "--input",
      "32x36",
      "--out",
      ""
    };
    args[8] = file.toString();
    assertThat(run(args)).as(err.toString()).isZero();
    assertThat(out.toString().contains("output its last map")).isEqualTo(name.endsWith(".onnx"));
    assertThat(err.toString()).isEmpty();
    try (FeatureExtractor wanted = FeatureExtractor.open(headless, options, 1);
        FeatureExtractor got = FeatureExtractor.open(file, options, 1)) {
      BufferedImage image = new BufferedImage(36, 32, BufferedImage.TYPE_INT_RGB);
      image.setRGB(9, 9, 0xffffff);
      // Normalisations become part of ONNX's convolutions.
      assertThat(got.features(image)).containsExactly(wanted.features(image), Offset.offset(1e-5f));
    }
    List<String> named = new ArrayList<>(List.of(args));
    named.addAll(List.of("--overwrite", "--classes", "a,b"));
    assertThat(run(named.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains("--classes contradicts").contains("without a head");
  }

  @Test
  void keepsAFileThatIsThere() throws IOException {
    Files.writeString(folder.resolve("a.onnx"), "mine");
    assertThat(export("a.onnx")).isEqualTo(2);
    assertThat(err.toString()).contains("--out requires a new file, or --overwrite");
    assertThat(folder.resolve("a.onnx")).content().isEqualTo("mine");
    assertThat(export("a.onnx", "--overwrite")).isZero();
    assertThat(content("a.onnx")).contains("Lanewise");
  }

  @Test
  void tellsMistakes() {
    assertMistake("--out requires a name that ends in one of .onnx, .keras,", "a.tflite");
    assertMistake("--opset requires --out with a name that ends in .onnx", "a.keras", "--opset=15");
    assertMistake("require a version from 13 to 21, got 9", "a.onnx", "--opset=9");
    assertMistake("requires nchw or nhwc, got 'chwn'", "a.onnx", "--layout=chwn");
  }

  private void assertMistake(String message, String name, String... options) {
    err.getBuffer().setLength(0);
    assertThat(export(name, options)).isEqualTo(2);
    assertThat(err.toString().replaceAll("\\s+", " "))
        .contains(message)
        .doesNotContain("Exception");
  }
}
