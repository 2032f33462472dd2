package dev.lanewise.formats.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.WeightFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.onnx.GraphProto;
import dev.lanewise.onnx.ModelProto;
import dev.lanewise.onnx.NodeProto;
import dev.lanewise.onnx.TensorProto;
import dev.lanewise.onnx.ValueInfoProto;
import dev.lanewise.tensor.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs that exporters write seldom, or that were written to do harm. */
class UnusualGraphsTest {
  private static final int CHANNELS = 2;
  private static final int CLASSES = 3;

  @TempDir private Path folder;

  /** A convolution of 1x1 with a bias, an average and a dense layer. */
  private static List<LayerInfo> network() {
    LayerConfig.Convolution convolution =
        new LayerConfig.Convolution(Window.valid(1, 1, 1, 1), CHANNELS, true);
    return List.of(
        new LayerInfo("images", "", new LayerConfig.Input(), List.of(4, 4, 1), 0, 0, List.of()),
        new LayerInfo("conv", "stem", convolution, List.of(4, 4, 2), 4, 0, List.of("images")),
        new LayerInfo(
            "flat", "head", new LayerConfig.Flattening(), List.of(32), 0, 0, List.of("conv")),
        new LayerInfo(
            "fc",
            "head",
            new LayerConfig.Classification(CLASSES),
            List.of(3),
            9,
            0,
            List.of("flat")));
  }

  private static TensorProto tensor(String name, float first, long... shape) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(1);
    int size = 1;
    for (long extent : shape) {
      tensor.addDims(extent);
      size *= (int) extent;
    }
    for (int i = 0; i < size; i++) {
      tensor.addFloatData(first + i);
    }
    return tensor.build();
  }

  private static NodeProto node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .addOutput(output)
        .addAllInput(Arrays.asList(inputs))
        .build();
  }

  private static GraphProto.Builder graph(NodeProto... nodes) {
    return GraphProto.newBuilder()
        .addInput(ValueInfoProto.newBuilder().setName("input"))
        .addOutput(ValueInfoProto.newBuilder().setName("output"))
        .addInitializer(tensor("conv.weight", 1, CHANNELS, 1, 1, 1))
        .addInitializer(tensor("fc.weight", 1, 32, CLASSES))
        .addInitializer(tensor("fc.bias", 7, CLASSES))
        .addAllNode(Arrays.asList(nodes));
  }

  private static final NodeProto CONV = node("Conv", "map", "input", "conv.weight");
  private static final NodeProto FLAT = node("Flatten", "flat", "biased");
  private static final NodeProto FC = node("MatMul", "product", "flat", "fc.weight");
  private static final NodeProto BIAS = node("Add", "output", "product", "fc.bias");

  private Path write(GraphProto.Builder graph) throws IOException {
    Path file = folder.resolve("m.onnx");
    ModelProto model = ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build();
    return Files.write(file, model.toByteArray());
  }

  private Map<String, SavedLayer> read(GraphProto.Builder graph) throws IOException {
    return WeightFiles.use(
        write(graph),
        saved -> {
          Map<String, SavedLayer> layers = saved.graph().layersOf(network());
          // Their values are read while the file is open.
          layers.values().forEach(layer -> layer.arrays().forEach(SavedArray::values));
          return layers;
        });
  }

  private static float[] bias(SavedLayer layer) {
    return layer.arrays().stream()
        .filter(array -> array.name().equals("bias"))
        .findFirst()
        .orElseThrow()
        .values();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void biasOfAConvolutionAsANodeOfItsOwn(long images) throws IOException {
    long[] shape = images == 0 ? new long[] {CHANNELS, 1, 1} : new long[] {1, CHANNELS, 1, 1};
    NodeProto add = node("Add", "biased", "conv.bias", "map");
    Map<String, SavedLayer> layers =
        read(graph(CONV, add, FLAT, FC, BIAS).addInitializer(tensor("conv.bias", 5, shape)));
    assertThat(bias(layers.get("conv"))).containsExactly(5, 6);
    assertThat(bias(layers.get("fc"))).containsExactly(7, 8, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Add", "Mul"})
  void otherConstantsBehindAConvolutionAreNamedByWhatTheyMake(String type) throws IOException {
    // Of an extent that is added along the columns.
    NodeProto other = node(type, "biased", "map", "constant");
    GraphProto.Builder graph =
        graph(CONV, other, FLAT, FC, BIAS).addInitializer(tensor("constant", 1, 4));
    assertThatThrownBy(() -> read(graph))
        .hasMessageContaining("its graph has a node 'biased' of type " + type);
  }

  @Test
  void biasThatAnotherReaderOfTheConvolutionLacks() throws IOException {
    GraphProto.Builder graph =
        graph(
                CONV,
                node("Add", "one", "map", "conv.bias"),
                node("Add", "biased", "map", "one"),
                FLAT,
                FC,
                BIAS)
            .addInitializer(tensor("conv.bias", 5, CHANNELS, 1, 1));
    assertThatThrownBy(() -> read(graph)).hasMessageContaining("its graph has Add ('biased')");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longChains() throws IOException {
    // The values of all and of the weights, each handed on 50,000 times, and as many products.
    GraphProto.Builder graph = graph(FLAT.toBuilder().setInput(0, "map").build(), BIAS);
    String value = "flat";
    String weight = "fc.weight";
    for (int i = 0; i < 50_000; i++) {
      graph.addNode(node("Identity", "v" + i, value));
      graph.addNode(node("Identity", "w" + i, weight));
      graph.addNode(node("MatMul", "p" + i, "v" + i, "w" + i));
      value = "v" + i;
      weight = "w" + i;
    }
    graph.addNode(node("MatMul", "product", value, weight));
    graph.addNode(CONV.toBuilder().addInput("conv.bias"));
    graph.addInitializer(tensor("conv.bias", 5, CHANNELS));
    Map<String, SavedLayer> layers = read(graph);
    assertThat(bias(layers.get("conv"))).containsExactly(5, 6);
    assertThat(bias(layers.get("fc"))).containsExactly(7, 8, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"output", "flat", "biased", "behind"})
  void circles(String later) throws IOException {
    NodeProto conv = CONV.toBuilder().setInput(0, later).build();
    NodeProto relu = node("Relu", "biased", "map");
    NodeProto softmax = node("Softmax", "behind", "output");
    assertThatThrownBy(() -> read(graph(conv, relu, FLAT, FC, BIAS, softmax)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("its graph goes in circles at '");
  }

  @Test
  void circleBesideTheWay() throws IOException {
    NodeProto relu = node("Relu", "biased", "map");
    NodeProto round = node("Add", "round", "round", "map");
    assertThatThrownBy(() -> read(graph(CONV, relu, FLAT, FC, BIAS, round)))
        .hasMessageContaining("its graph goes in circles at 'round'");
  }

  @Test
  void weightsThatAreInputsOfTheGraph() throws IOException {
    NodeProto relu = node("Relu", "biased", "map");
    GraphProto.Builder graph =
        graph(CONV, relu, FLAT, FC, BIAS)
            .removeInitializer(0)
            .addInput(ValueInfoProto.newBuilder().setName("conv.weight"));
    assertThatThrownBy(() -> read(graph))
        .hasMessageContaining("it holds no weights: its Conv 'map' is given them as the graph's")
        .hasMessageContaining("input 'conv.weight'");
  }

  @Test
  void cutFile() throws IOException {
    NodeProto relu = node("Relu", "biased", "map");
    Path file = write(graph(CONV, relu, FLAT, FC, BIAS));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    assertThatThrownBy(() -> WeightFiles.use(file, saved -> saved))
        .isInstanceOf(ModelFileException.class)
        .hasMessageEndingWith("it is no ONNX file, or damaged or cut off");
  }
}
