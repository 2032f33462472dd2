package dev.lanewise.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.lanewise.formats.keras.LayerOrder;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.Networks;
import dev.lanewise.model.training.Loss;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.KernelInitializers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The networks of other libraries: their published parameter counts, and their layers' names. */
@Execution(ExecutionMode.CONCURRENT)
class ZooTest {
  @TempDir private Path folder;

  static List<String> names() {
    return Networks.names();
  }

  @ParameterizedTest
  @CsvSource({
    "originalkerasresnet50, 25636712, 23587712",
    "kerasresnet50, 25636712, 23587712",
    "kerasresnet101, 44707176, 42658176",
    "kerasresnet152, 60419944, 58370944",
    "kerasresnet50v2, 25613800, 23564800",
    "kerasresnet101v2, 44675560, 42626560",
    "kerasresnet152v2, 60380648, 58331648",
    "kerasdensenet121, 8062504, 7037504",
    "kerasefficientnetb0, 5330564, 4049564",
    "kerasmobilenetv2, 3538984, 2257984",
    "kerasvgg16, 138357544, 14714688"
  })
  void hasKerassParameters(String name, long withTop, long withoutTop) {
    assertThat(parameters(name, 1000, false)).isEqualTo(withTop);
    assertThat(parameters(name, 0, false)).isEqualTo(withoutTop);
  }

  /** PyTorch counts what gradients train. */
  @ParameterizedTest
  @CsvSource({
    "torchresnet18, 11689512, 11176512",
    "torchresnet34, 21797672, 21284672",
    "torchresnet50, 25557032, 23508032",
    "torchresnet101, 44549160, 42500160",
    "torchresnet152, 60192808, 58143808",
    "timmseresnet50, 28088024, 26039024",
    "timmresnet50d, 25576264, 23527264",
    "torchresnext50, 25028904, 22979904",
    "torchresnext101, 88791336, 86742336",
    "torchwideresnet50, 68883240, 66834240",
    "torchwideresnet101, 126886696, 124837696",
    "torchdensenet121, 7978856, 6953856",
    "torchmobilenetv2, 3504872, 2223872",
    "torchmobilenetv3, 5483032, 2971952",
    "torchefficientnetb0, 5288548, 4007548",
    "torchefficientnetb1, 7794184, 6513184",
    "torchefficientnetb2, 9109994, 7700994",
    "torchefficientnetb3, 12233232, 10696232",
    "torchvgg16, 138357544, 14714688",
    "torchvgg16bn, 138365992, 14723136"
  })
  void hasTorchvisionsParameters(String name, long withTop, long withoutTop) {
    assertThat(parameters(name, 1000, true)).isEqualTo(withTop);
    assertThat(parameters(name, 0, true)).isEqualTo(withoutTop);
  }

  /** Table 4 of the paper says 36.5 million. */
  @Test
  void hasThePapersParametersOfWideResNet() {
    assertThat(parameters("wideresnet28", 10, true)).isEqualTo(36_479_194);
  }

  private static long parameters(String name, int classes, boolean trainableOnly) {
    try (WorkerPool pool = new WorkerPool(1)) {
      return network(name, 224, classes, pool).parameters().stream()
          .filter(parameter -> parameter.trainable() || !trainableOnly)
          .mapToLong(Parameter::size)
          .sum();
    }
  }

  @Test
  void hasKerassNames() {
    assertThat(layers("kerasresnet50"))
        .startsWith(
            "input_1",
            "conv1_pad",
            "conv1_conv",
            "conv1_bn",
            "conv1_relu",
            "pool1_pad",
            "pool1_pool")
        .contains("conv2_block1_0_conv", "conv2_block1_0_bn", "conv2_block1_1_relu")
        .contains("conv2_block1_add", "conv2_block1_out", "conv5_block3_3_bn")
        .doesNotContain("conv2_block2_0_conv")
        .endsWith("conv5_block3_out", "avg_pool", "predictions");
    assertThat(layers("kerasresnet152")).contains("conv4_block36_out");
  }

  @Test
  void hasKerassNamesOfV2() {
    assertThat(layers("kerasresnet50v2"))
        .startsWith("input_1", "conv1_pad", "conv1_conv", "pool1_pad", "pool1_pool")
        .contains("conv2_block1_preact_bn", "conv2_block1_preact_relu", "conv2_block1_0_conv")
        .contains("conv2_block1_2_pad", "conv2_block1_3_conv", "conv2_block1_out")
        .contains("max_pooling2d_1", "max_pooling2d_3", "conv5_block3_out")
        .doesNotContain("conv2_block1_0_bn", "conv2_block1_3_bn", "max_pooling2d_4")
        .endsWith("post_bn", "post_relu", "avg_pool", "predictions");
  }

  @Test
  void hasTheNamesOfMobileNetV2() {
    assertThat(layers("torchmobilenetv2"))
        .contains("features.0.0", "features.0.1", "features.1.conv.0.0", "features.1.conv.0.1")
        .contains("features.1.conv.1", "features.1.conv.2", "features.17.conv.1.1")
        .contains("features.17.conv.3", "features.18.0", "features.18.1", "classifier.1")
        .doesNotContain("features.1.conv.3", "features.18.conv.0.0");
    assertThat(layers("kerasmobilenetv2"))
        .startsWith("input_1", "Conv1", "bn_Conv1", "Conv1_relu", "expanded_conv_depthwise")
        .containsSequence(
            "block_16_expand",
            "block_16_expand_BN",
            "block_16_expand_relu",
            "block_16_depthwise",
            "block_16_depthwise_BN",
            "block_16_depthwise_relu",
            "block_16_project",
            "block_16_project_BN",
            "Conv_1",
            "Conv_1_bn",
            "out_relu")
        .contains("block_2_add", "block_15_add")
        .doesNotContain("block_1_add", "block_0_expand");
  }

  @Test
  void hasTorchvisionsNamesOfGates() {
    assertThat(layers("torchefficientnetb0"))
        .contains("features.1.0.block.0.0", "features.1.0.block.1.fc1", "features.1.0.block.2.1")
        .contains("features.6.3.block.2.fc2", "features.6.3.block.3.1", "features.8.0")
        .doesNotContain("features.1.0.block.3.0", "features.1.1.block.0.0");
    assertThat(layers("torchmobilenetv3"))
        .contains("features.1.block.1.1", "features.2.block.2.0", "features.4.block.2.fc1")
        .contains("features.15.block.2.fc2", "features.15.block.3.1", "features.16.1")
        .contains("classifier.0", "classifier.3")
        .doesNotContain("features.1.block.2.0", "features.7.block.2.fc1", "features.16.block.0.0");
  }

  @Test
  void hasKerassNamesOfVgg() {
    assertThat(layers("kerasvgg16"))
        .filteredOn(name -> !name.startsWith("activation"))
        .startsWith("input_1", "block1_conv1", "block1_conv2", "block1_pool", "block2_conv1")
        .containsSequence("block3_conv3", "block3_pool", "block4_conv1")
        .endsWith("block5_conv3", "block5_pool", "flatten_1", "fc1", "fc2", "predictions");
  }

  @ParameterizedTest
  @CsvSource({
    "kerasresnet50, 1_relu 2_conv 2_bn 2_relu 0_conv 3_conv 0_bn 3_bn add out",
    "kerasresnet50v2, preact_relu 1_conv 1_bn 1_relu 2_pad 2_conv 2_bn 2_relu 0_conv 3_conv out"
  })
  void listsLayersAsKerasDoes(String name, String block) {
    try (WorkerPool pool = new WorkerPool(1)) {
      String[] wanted =
          Stream.of(block.split(" ")).map("conv2_block1_"::concat).toArray(String[]::new);
      assertThat(LayerOrder.ofKeras(network(name, 224, 1000, pool).layerInfos()))
          .extracting(LayerInfo::name)
          .containsSequence(wanted);
    }
  }

  @Test
  void hasTorchvisionsNames() {
    assertThat(layers("torchresnet18"))
        .contains("conv1", "bn1", "maxpool", "layer1.0.conv1", "layer1.1.bn2", "fc")
        .contains("layer2.0.downsample.0", "layer2.0.downsample.1")
        .doesNotContain("layer1.0.downsample.0", "layer1.0.conv3");
    assertThat(layers("torchresnet50")).contains("layer1.0.downsample.0", "layer3.5.conv3");
    assertThat(layers("torchresnext101")).contains("layer1.0.conv2", "layer3.22.bn3", "fc");
  }

  /** Convolutions, normalisations and dense layers of torchvision's vgg16 and vgg16_bn. */
  @ParameterizedTest
  @CsvSource({
    "torchvgg16, 0 2 5 7 10 12 14 17 19 21 24 26 28, ''",
    "torchvgg16bn, 0 3 7 10 14 17 20 24 27 30 34 37 40, 1 4 8 11 15 18 21 25 28 31 35 38 41"
  })
  void hasTorchvisionsNamesOfVgg(String name, String convs, String norms) {
    Map<String, List<String>> byType = new HashMap<>();
    try (WorkerPool pool = new WorkerPool(1)) {
      for (LayerInfo layer : network(name, 224, 1000, pool).layerInfos()) {
        byType.computeIfAbsent(layer.type(), type -> new ArrayList<>()).add(layer.name());
      }
    }
    assertThat(byType.get("Conv2D")).isEqualTo(modules(convs));
    assertThat(byType.getOrDefault("BatchNormalization", List.of())).isEqualTo(modules(norms));
    assertThat(byType.get("Dense")).containsExactly("classifier.0", "classifier.3", "classifier.6");
    assertThat(byType.get("Dropout")).hasSize(2);
  }

  private static List<String> modules(String numbers) {
    return numbers.isEmpty()
        ? List.of()
        : Stream.of(numbers.split(" ")).map("features."::concat).toList();
  }

  /** Names, types and shapes of {@code state_dict()}, by the rules of torchvision's modules. */
  @ParameterizedTest
  @CsvSource({
    "torchresnet18, 2 2 2 2, 1, 122",
    "torchresnet34, 3 4 6 3, 1, 218",
    "torchresnet50, 3 4 6 3, 4, 320"
  })
  void writesTorchvisionsStateDict(String name, String blocks, int expansion, int entries)
      throws IOException {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("conv1.weight", "F32 [64,3,7,7]");
    putNorm(wanted, "bn1", 64);
    int in = 64;
    for (int stage = 1; stage <= 4; stage++) {
      int width = 32 << stage;
      int out = width * expansion;
      for (int i = 0; i < Integer.parseInt(blocks.split(" ")[stage - 1]); i++) {
        String block = "layer" + stage + "." + i + ".";
        int[][] convs =
            expansion == 1
                ? new int[][] {{width, in, 3}, {width, width, 3}}
                : new int[][] {{width, in, 1}, {width, width, 3}, {out, width, 1}};
        for (int unit = 1; unit <= convs.length; unit++) {
          int[] conv = convs[unit - 1];
          wanted.put(block + "conv" + unit + ".weight", shape(conv[0], conv[1], conv[2], conv[2]));
          putNorm(wanted, block + "bn" + unit, conv[0]);
        }
        if (i == 0 && (stage > 1 || in != out)) {
          wanted.put(block + "downsample.0.weight", shape(out, in, 1, 1));
          putNorm(wanted, block + "downsample.1", out);
        }
        in = out;
      }
    }
    wanted.put("fc.weight", shape(1000, in));
    wanted.put("fc.bias", shape(1000));
    assertThat(wanted).hasSize(entries);
    Path file = folder.resolve("state_dict.safetensors");
    List<String> classes = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    try (Model model = Model.build(name, ModelOptions.of(64, 64, classes).withThreads(1))) {
      model.saveWeights(file);
      assertThat(tensors(file)).isEqualTo(wanted);
      // In the midst of a training too, whose state is elsewhere.
      model.compile(new Adam(1e-3), Loss.CATEGORICAL_CROSSENTROPY);
      model.save(file);
    }
    assertThat(tensors(file)).isEqualTo(wanted);
    assertThat(folder.resolve("state_dict.state.safetensors")).isNotEmptyFile();
  }

  private static void putNorm(Map<String, String> tensors, String module, int channels) {
    for (String tensor : List.of("weight", "bias", "running_mean", "running_var")) {
      tensors.put(module + "." + tensor, shape(channels));
    }
    tensors.put(module + ".num_batches_tracked", "I64 []");
  }

  private static String shape(int... extents) {
    return "F32 " + Arrays.toString(extents).replace(" ", "");
  }

  private static Map<String, String> tensors(Path safetensors) throws IOException {
    try (InputStream in = Files.newInputStream(safetensors)) {
      int length = ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN).getInt();
      String header = new String(in.readNBytes(length), StandardCharsets.UTF_8);
      Map<String, String> tensors = new TreeMap<>();
      JsonParser.parseString(header)
          .getAsJsonObject()
          .asMap()
          .forEach(
              (name, value) -> {
                JsonObject tensor = value.getAsJsonObject();
                if (tensor.has("dtype")) {
                  tensors.put(name, tensor.get("dtype").getAsString() + " " + tensor.get("shape"));
                }
              });
      return tensors;
    }
  }

  private static List<String> layers(String name) {
    try (WorkerPool pool = new WorkerPool(1)) {
      List<String> names =
          network(name, 224, 1000, pool).layerInfos().stream().map(LayerInfo::name).toList();
      assertThat(names).doesNotHaveDuplicates();
      return names;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "originalkerasresnet50",
        "kerasresnet50",
        "kerasresnet50v2",
        "torchresnet18",
        "torchresnet50",
        "torchresnext50",
        "torchmobilenetv2",
        "kerasmobilenetv2",
        "torchmobilenetv3",
        "torchefficientnetb0"
      })
  void infersImagesOf224(String name) {
    try (WorkerPool pool = new WorkerPool(2)) {
      var factory = Networks.factory(name);
      Network network = factory.create(new NetworkOptions(224, 224, 1000, 1, null, pool));
      InferencePass pass = network.inferencePass(1);
      fill(pass.input());
      float[] probabilities = pass.infer().toArray();
      double sum = 0;
      for (float probability : probabilities) {
        assertThat(probability).isFinite();
        sum += probability;
      }
      assertThat(sum).isBetween(0.999, 1.001);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void refusesToTrainWithoutItsTop(String name) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network(name, name.startsWith("cifar") ? 32 : 64, 0, pool);
      InferencePass pass = network.inferencePass(1);
      fill(pass.input());
      Tensor features = pass.infer();
      boolean small = name.startsWith("cifar");
      boolean wide = name.equals("wideresnet28");
      int last =
          switch (name) {
            case "torchresnet18", "torchresnet34", "kerasvgg16", "torchvgg16", "torchvgg16bn" ->
                512;
            case "torchmobilenetv2",
                "kerasmobilenetv2",
                "torchefficientnetb0",
                "torchefficientnetb1",
                "kerasefficientnetb0" ->
                1280;
            case "torchefficientnetb2" -> 1408;
            case "torchefficientnetb3" -> 1536;
            case "torchmobilenetv3" -> 960;
            case "torchdensenet121", "kerasdensenet121" -> 1024;
            default -> 2048;
          };
      int channels = small ? 64 : wide ? 640 : last;
      int side = small ? 8 : wide ? 16 : 2;
      assertThat(features.shape()).isEqualTo(new Shape(1, side, side, channels));
      assertThatThrownBy(() -> network.trainingPass(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("without its top");
    }
  }

  private static void fill(Tensor input) {
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = i % 17 / 17f;
    }
  }

  private static Network network(String name, int size, int classes, WorkerPool pool) {
    var options = new NetworkOptions(size, size, classes, 1, KernelInitializers.zeros(), pool);
    return Networks.factory(name).create(options);
  }
}
