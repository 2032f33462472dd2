package dev.lanewise.formats.onnx;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.OnnxNetwork;
import dev.lanewise.formats.saved.OnnxOptions;
import dev.lanewise.formats.saved.OnnxOptions.Layout;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.torch.DenseRows;
import dev.lanewise.formats.torch.TorchLayout;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.onnx.AttributeProto;
import dev.lanewise.onnx.ModelProto;
import dev.lanewise.onnx.OperatorSetIdProto;
import dev.lanewise.onnx.StringStringEntryProto;
import dev.lanewise.onnx.TensorProto;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes an ONNX graph of a network (github.com/onnx/onnx/blob/main/docs/Operators.md). Maps within
 * it are [N,C,H,W], as ONNX's operators want them.
 */
public final class NetworkGraph {
  private static final long[] TO_CHANNELS_FIRST = {0, 3, 1, 2};
  private static final long[] TO_CHANNELS_LAST = {0, 2, 3, 1};

  private final OnnxNetwork network;
  private final OnnxOptions options;
  private final LayerGraph layers;
  private final Map<String, SavedLayer> weights;
  private final GraphWriter writer;

  /** The value of each layer. */
  private final Map<String, String> values = new HashMap<>();

  private NetworkGraph(OnnxNetwork network, OnnxOptions options) {
    this.network = network;
    this.options = options;
    this.layers = new LayerGraph(network.layers());
    this.weights =
        network.weights().stream().collect(Collectors.toMap(SavedLayer::name, Function.identity()));
    this.writer = new GraphWriter(network.name());
  }

  /**
   * Returns the model.
   *
   * @throws ModelFileException where it does not fit a file
   */
  public static ModelProto of(OnnxNetwork network, OnnxOptions options) {
    requireSize(network);
    NetworkGraph graph = new NetworkGraph(network, options);
    graph.build();
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(irVersion(options.opset()))
            .setProducerName("Lanewise")
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("").setVersion(options.opset()))
            .setGraph(graph.writer.graph());
    network
        .metadata()
        .forEach(
            (key, value) ->
                model.addMetadataProps(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build();
  }

  /** Returns the version of the format that came with a version of the operators. */
  private static int irVersion(int opset) {
    if (opset >= 21) {
      return 10;
    }
    if (opset >= 19) {
      return 9;
    }
    return opset >= 15 ? 8 : 7;
  }

  private static void requireSize(OnnxNetwork network) {
    long values = network.layers().stream().mapToLong(l -> l.trainable() + l.nonTrainable()).sum();
    if (values * Float.BYTES > Integer.MAX_VALUE - (1 << 20)) {
      throw new ModelFileException(
          String.format(
              Locale.ROOT,
              "an ONNX file takes less than 2048 MiB, got network %s with weights of %d MiB",
              network.name(),
              values * Float.BYTES >> 20));
    }
  }

  private void build() {
    LayerInfo last = network.layers().getLast();
    for (LayerInfo layer : layers.layers().values()) {
      values.put(layer.name(), value(layer));
    }
    String result = values.get(last.name());
    List<Integer> extents = last.outputShape();
    if (extents.size() == 3 && options.layout() == Layout.NHWC) {
      result = transposed("output_channels_last", result, TO_CHANNELS_LAST);
    } else if (extents.size() == 3) {
      extents = channelsFirst(extents);
    }
    writer.output("output", result, extents);
  }

  private static List<Integer> channelsFirst(List<Integer> map) {
    return List.of(map.get(2), map.get(0), map.get(1));
  }

  private String transposed(String name, String value, long[] order) {
    return writer.node("Transpose", name, List.of(value), Attributes.integers("perm", order));
  }

  /** Writes what makes a layer's value, and returns its name. */
  private String value(LayerInfo layer) {
    return switch (layer.config()) {
      case LayerConfig.Input input -> input(layer);
      case LayerConfig.ZeroPadding zeros ->
          layers.isPadding(layer) ? read(layer) : padded(layer, zeros);
      case LayerConfig.Convolution convolution -> convolution(layer, convolution);
      case LayerConfig.BatchNormalization norm ->
          isFolded(layer) ? read(layer) : normalised(layer, norm);
      case LayerConfig.Activated activated ->
          Activations.add(writer, activated.function(), layer.name(), read(layer));
      case LayerConfig.Reshaping reshaping ->
          writer.node(
              "Reshape",
              layer.name(),
              List.of(
                  read(layer),
                  writer.integers(layer.name() + "_shape", 0, reshaping.channels(), 1, 1)));
      case LayerConfig.Multiplication multiplication ->
          writer.node("Mul", layer.name(), layer.inputs().stream().map(values::get).toList());
      case LayerConfig.Concatenation concatenation ->
          writer.node(
              "Concat",
              layer.name(),
              layer.inputs().stream().map(values::get).toList(),
              Attributes.integer("axis", 1));
      case LayerConfig.Addition addition ->
          writer.node("Add", layer.name(), layer.inputs().stream().map(values::get).toList());
      case LayerConfig.Pooling pooling -> pooled(layer, pooling);
      case LayerConfig.Flattening flattening -> flattened(layer);
      case LayerConfig.Dropout dropout -> read(layer);
      case LayerConfig.Dense dense -> dense(layer, layer.name());
      case LayerConfig.Classification dense -> classified(layer, dense.activation());
    };
  }

  private String read(LayerInfo layer) {
    return values.get(layer.inputs().getFirst());
  }

  private String input(LayerInfo layer) {
    List<Integer> map = layer.outputShape();
    boolean last = options.layout() == Layout.NHWC;
    String value =
        writer.input(
            "input",
            options.preprocessing() ? TensorProto.DataType.UINT8 : TensorProto.DataType.FLOAT,
            last ? map : channelsFirst(map));
    if (last) {
      value = transposed("input_channels_first", value, TO_CHANNELS_FIRST);
    }
    return options.preprocessing() ? preprocessed(value, map) : value;
  }

  private String preprocessed(String bytes, List<Integer> map) {
    long channels = map.get(2);
    OnnxNetwork.Pixels pixels = network.pixels();
    String value =
        writer.node(
            "Cast",
            "pixels",
            List.of(bytes),
            Attributes.integer("to", TensorProto.DataType.FLOAT.getNumber()));
    if (pixels.reversed()) {
      long[] order = new long[(int) channels];
      for (int c = 0; c < order.length; c++) {
        order[c] = channels - 1 - c;
      }
      value =
          writer.node(
              "Gather",
              "pixels_reversed",
              List.of(value, writer.integers("channel_order", order)),
              Attributes.integer("axis", 1));
    }
    List<Long> each = List.of(1L, channels, 1L, 1L);
    List<Long> all = List.of(1L, channels, (long) map.get(0), (long) map.get(1));
    boolean alike = pixels.shift().length == channels;
    String scale = writer.tensor("pixel_scale", each, pixels.scale());
    String shift = writer.tensor("pixel_shift", alike ? each : all, pixels.shift());
    String scaled = writer.node("Mul", "pixels_scaled", List.of(value, scale));
    return writer.node("Add", "preprocessed", List.of(scaled, shift));
  }

  private String padded(LayerInfo layer, LayerConfig.ZeroPadding zeros) {
    String amounts =
        writer.integers(
            layer.name() + "_amounts",
            0,
            0,
            zeros.top(),
            zeros.left(),
            0,
            0,
            zeros.bottom(),
            zeros.right());
    return writer.node("Pad", layer.name(), List.of(read(layer), amounts));
  }

  private String convolution(LayerInfo layer, LayerConfig.Convolution convolution) {
    LayerInfo norm = options.folded() ? layers.normalisation(layer) : null;
    SavedLayer arrays = weights.get(layer.name());
    if (norm != null) {
      double epsilon = ((LayerConfig.BatchNormalization) norm.config()).epsilon();
      arrays = Folding.of(arrays, weights.get(norm.name()), epsilon);
    }
    List<String> inputs = new ArrayList<>(List.of(read(layer)));
    inputs.addAll(tensors(arrays));
    Window window = convolution.window();
    return window(
        "Conv",
        layer,
        window,
        inputs,
        Attributes.integer("group", convolution.groups()),
        Attributes.integers("dilations", window.dh(), window.dw()));
  }

  /** Returns the padding above, to the left, below and to the right, zeros in front included. */
  private long[] pads(LayerInfo layer, Window window) {
    LayerInfo input = layers.input(layer);
    int h = input.outputShape().get(0);
    int w = input.outputShape().get(1);
    long top = window.padTop(h);
    long left = window.padLeft(w);
    long bottom = Math.max(0, (window.outH(h) - 1) * window.sh() + window.extentH() - h - top);
    long right = Math.max(0, (window.outW(w) - 1) * window.sw() + window.extentW() - w - left);
    if (layers.isPadding(input)) {
      LayerConfig.ZeroPadding zeros = (LayerConfig.ZeroPadding) input.config();
      top += zeros.top();
      left += zeros.left();
      bottom += zeros.bottom();
      right += zeros.right();
    }
    return new long[] {top, left, bottom, right};
  }

  private boolean isFolded(LayerInfo norm) {
    LayerInfo input = layers.input(norm);
    return options.folded()
        && input.config() instanceof LayerConfig.Convolution
        && layers.normalisation(input) == norm;
  }

  private String normalised(LayerInfo layer, LayerConfig.BatchNormalization norm) {
    List<String> inputs = new ArrayList<>(List.of(read(layer)));
    inputs.addAll(tensors(weights.get(layer.name())));
    return writer.node(
        "BatchNormalization",
        layer.name(),
        inputs,
        Attributes.real("epsilon", norm.epsilon()),
        Attributes.real("momentum", norm.momentum()));
  }

  private String pooled(LayerInfo layer, LayerConfig.Pooling pooling) {
    List<String> input = List.of(read(layer));
    return switch (pooling.kind()) {
      case MAX -> window("MaxPool", layer, pooling.window(), input);
      case AVERAGE -> window("AveragePool", layer, pooling.window(), input);
      case GLOBAL_AVERAGE ->
          writer.node(
              "Flatten",
              layer.name(),
              List.of(writer.node("GlobalAveragePool", layer.name() + "_map", input)));
      case NONE -> throw new IllegalStateException("no pooling has no layer");
    };
  }

  private String window(
      String operator,
      LayerInfo layer,
      Window window,
      List<String> inputs,
      AttributeProto... further) {
    List<AttributeProto> attributes = new ArrayList<>(List.of(further));
    attributes.add(Attributes.integers("kernel_shape", window.kh(), window.kw()));
    attributes.add(Attributes.integers("strides", window.sh(), window.sw()));
    attributes.add(Attributes.integers("pads", pads(layer, window)));
    return writer.node(operator, layer.name(), inputs, attributes.toArray(new AttributeProto[0]));
  }

  /** A dense layer behind it has its rows in this order. */
  private String flattened(LayerInfo layer) {
    return writer.node("Flatten", layer.name(), List.of(read(layer)));
  }

  private String dense(LayerInfo layer, String name) {
    List<Integer> map = DenseRows.flattened(layers.layers(), layer.name());
    SavedLayer dense = weights.get(layer.name());
    List<SavedArray> arrays =
        dense.arrays().stream().map(array -> DenseRows.channelsFirst(array, map)).toList();
    List<String> inputs = new ArrayList<>(List.of(read(layer)));
    inputs.addAll(tensors(new SavedLayer(dense.name(), arrays)));
    return writer.node("Gemm", name, inputs, Attributes.integer("transB", 1));
  }

  private String classified(LayerInfo layer, HeadActivation activation) {
    boolean alone = activation == HeadActivation.LINEAR;
    String logits = dense(layer, alone ? layer.name() : layer.name() + "_logits");
    return switch (activation) {
      case SOFTMAX ->
          writer.node("Softmax", layer.name(), List.of(logits), Attributes.integer("axis", 1));
      case SIGMOID -> writer.node("Sigmoid", layer.name(), List.of(logits));
      case LINEAR -> logits;
    };
  }

  /** Adds the arrays of a layer, in ONNX's order and layouts, which are PyTorch's. */
  private List<String> tensors(SavedLayer layer) {
    return TorchLayout.tensors(layer).stream()
        .map(tensor -> writer.tensor(tensor.name(), tensor.shape(), tensor.values().get()))
        .toList();
  }
}
