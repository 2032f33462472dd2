package dev.lanewise.formats.keras;

import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A layer as {@link ConfigCheck} compares it: the same words for the network's and the file's.
 *
 * @param name the layer's name
 * @param kind Keras's class name, or one name for classes that do the same: see the constants
 * @param properties what it is told to do, by Keras's names
 * @param inputs names of the layers that it reads
 */
record ConfigNode(String name, String kind, Map<String, String> properties, List<String> inputs) {
  static final String CONV = "Conv2D";
  static final String NORM = "BatchNormalization";
  static final String DENSE = "Dense";
  static final String ACTIVATION = "Activation";
  static final String ADD = "Add";
  static final String PADDING = "ZeroPadding2D";
  static final String POOLING = "Pooling";
  static final String MAX = "MaxPooling2D";
  static final String AVERAGE = "AveragePooling2D";
  static final String GLOBAL_AVERAGE = "GlobalAveragePooling2D";

  /** What kind of pooling it is. */
  static final String POOL = "class_name";

  static final String POOL_SIZE = "pool_size";

  /** How the border is treated. */
  static final String PADS = "padding";

  /** Along which layers work: -1 for the last, the channels'. */
  static final String AXIS = "axis";

  static final String VALID = "valid";
  static final String SAME = "same";
  static final String LINEAR = "linear";
  static final String FUNCTION = "activation";

  /** No layer's name has a slash. */
  private static final String OWN_ACTIVATION = "/activation";

  private static final String BY_PHASE = "by phase";
  private static final String INPUT = "InputLayer";
  private static final String ZERO_PADDING = "ZeroPadding2D";
  private static final String CHANNELS_LAST = "channels_last";
  private static final String CHANNELS_FIRST = "channels_first";

  /** Layers that do nothing when a model predicts, or that only rearrange. */
  private static final Set<String> TRANSPARENT =
      Set.of(
          "Flatten",
          "Dropout",
          "SpatialDropout2D",
          "GaussianNoise",
          "GaussianDropout",
          "AlphaDropout",
          "ActivityRegularization");

  private static final Set<String> FUNCTIONS = Set.of("Softmax", "ELU", "PReLU", "ThresholdedReLU");

  /** Copies the lists, keeping the order of the properties. */
  ConfigNode {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    inputs = List.copyOf(inputs);
  }

  /**
   * Returns the activation that a layer is told itself as a layer of its own, which reads it.
   *
   * @param function the activation, not {@link #LINEAR}
   */
  ConfigNode ownActivation(String function) {
    return new ConfigNode(
        name + OWN_ACTIVATION, ACTIVATION, Map.of(FUNCTION, function), List.of(name));
  }

  /** Returns whether it is what {@link #ownActivation} makes of a layer. */
  boolean isOwnActivation() {
    return name.endsWith(OWN_ACTIVATION);
  }

  /** Returns this layer as what a network is given: its pixels have been changed before. */
  ConfigNode asInput() {
    return new ConfigNode(name, INPUT, Map.of(), List.of());
  }

  boolean isZeroPadding() {
    return kind.equals(ZERO_PADDING);
  }

  /** Sequential models may go without a layer for their input. */
  boolean isInput() {
    return kind.equals(INPUT);
  }

  boolean isTransparent() {
    return TRANSPARENT.contains(kind);
  }

  static boolean isWeighted(String kind) {
    return kind.equals(CONV) || kind.equals(NORM) || kind.equals(DENSE);
  }

  ConfigNode reading(List<String> others) {
    return new ConfigNode(name, kind, properties, others);
  }

  ConfigNode with(String property, String value) {
    Map<String, String> changed = new LinkedHashMap<>(properties);
    changed.put(property, value);
    return new ConfigNode(name, kind, changed, inputs);
  }

  /** Takes over a network's layer. */
  static ConfigNode of(LayerInfo layer) {
    Map<String, String> properties = new LinkedHashMap<>();
    String kind = layer.type();
    switch (layer.config()) {
      case LayerConfig.Convolution conv -> {
        kind = CONV;
        putFilters(
            properties,
            conv.depthwise(),
            Integer.toString(conv.depthwise() ? conv.filters() / conv.groups() : conv.filters()),
            Integer.toString(conv.groups()));
        putWindow(properties, "kernel_size", conv.window());
        properties.put("dilation_rate", List.of(conv.window().dh(), conv.window().dw()).toString());
        properties.put("use_bias", Boolean.toString(conv.bias()));
        properties.put(FUNCTION, LINEAR);
        properties.put("data_format", CHANNELS_LAST);
      }
      case LayerConfig.BatchNormalization norm -> {
        properties.put("momentum", number(norm.momentum()));
        properties.put("epsilon", number(norm.epsilon()));
        properties.put(AXIS, "-1");
        properties.put("center", "true");
        properties.put("scale", "true");
        properties.put(ConfigDifference.TRAINING, training(norm.mode()));
      }
      case LayerConfig.Activated activated -> {
        kind = ACTIVATION;
        properties.put(FUNCTION, KerasActivation.text(activated.function()));
      }
      case LayerConfig.ZeroPadding zeros -> {
        properties.put(
            PADS, List.of(zeros.top(), zeros.bottom(), zeros.left(), zeros.right()).toString());
        properties.put("data_format", CHANNELS_LAST);
      }
      case LayerConfig.Pooling pooling -> {
        properties.put(POOL, kind);
        kind = POOLING;
        if (pooling.kind() != Pool.Kind.GLOBAL_AVERAGE) {
          putWindow(properties, POOL_SIZE, pooling.window());
        }
        properties.put("data_format", CHANNELS_LAST);
      }
      case LayerConfig.Classification dense -> {
        properties.put("units", Integer.toString(dense.units()));
        properties.put("use_bias", "true");
        properties.put(FUNCTION, dense.activation().text());
      }
      case LayerConfig.Dense dense -> {
        properties.put("units", Integer.toString(dense.units()));
        properties.put("use_bias", "true");
        properties.put(FUNCTION, LINEAR);
      }
      case LayerConfig.Input input -> {}
      case LayerConfig.Dropout dropout -> {}
      case LayerConfig.Addition addition -> {}
      case LayerConfig.Multiplication multiplication -> {}
      case LayerConfig.Concatenation concatenation -> properties.put(AXIS, "-1");
      case LayerConfig.Reshaping reshaping -> {}
      case LayerConfig.Flattening flattening -> {}
    }
    return new ConfigNode(layer.name(), kind, properties, layer.inputs());
  }

  private static void putFilters(
      Map<String, String> properties, boolean depthwise, String filters, String groups) {
    if (depthwise) {
      properties.put("depth_multiplier", filters);
    } else {
      properties.put("filters", filters);
      properties.put("groups", groups);
    }
  }

  private static String multiplier(KerasLayer layer) {
    return layer.number("depth_multiplier") == null ? "1" : integer(layer, "depth_multiplier");
  }

  /** Returns the axis of the channels, which the last is, or what else a layer says. */
  private static String axis(KerasLayer layer) {
    return layer.isAlongChannels() ? "-1" : layer.integers(AXIS).toString();
  }

  /** Returns the argument {@code training} by which Keras calls such a normalisation. */
  private static String training(BatchNorm.Mode mode) {
    return switch (mode) {
      case BY_PHASE -> BY_PHASE;
      case ALWAYS_BATCH -> "true";
      case ALWAYS_MOVING -> "false";
    };
  }

  private static void putWindow(Map<String, String> properties, String size, Window window) {
    properties.put(size, List.of(window.kh(), window.kw()).toString());
    properties.put("strides", List.of(window.sh(), window.sw()).toString());
    putPadding(properties, size, KerasConfigWriter.name(window.padding()));
  }

  /** Takes over a file's layer; names of settings that come second are Keras 1's. */
  static ConfigNode of(KerasLayer layer) {
    Map<String, String> properties = new LinkedHashMap<>();
    String kind = layer.type();
    switch (kind) {
      case "Conv2D", "Convolution2D", "DepthwiseConv2D" -> {
        boolean depthwise = kind.startsWith("Depthwise");
        kind = CONV;
        putFilters(
            properties,
            depthwise,
            depthwise ? multiplier(layer) : integer(layer, "filters", "nb_filter"),
            layer.number("groups") == null ? "1" : integer(layer, "groups"));
        List<Integer> size = layer.integers("kernel_size");
        properties.put(
            "kernel_size",
            size == null
                ? List.of(integer(layer, "nb_row"), integer(layer, "nb_col")).toString()
                : pair(size));
        putWindow(layer, properties, "kernel_size", "[1, 1]", "strides", "subsample");
        properties.put("dilation_rate", pair(layer, "[1, 1]", "dilation_rate"));
        properties.put("use_bias", bias(layer));
        properties.put(FUNCTION, KerasActivation.ofSetting(layer));
        properties.put("data_format", format(layer));
      }
      case "BatchNormalization" -> {
        properties.put("momentum", number(layer, 0.99, "momentum"));
        properties.put("epsilon", number(layer, 1e-3, "epsilon"));
        properties.put(AXIS, axis(layer));
        properties.put("center", Boolean.toString(layer.flag("center", true)));
        properties.put("scale", Boolean.toString(layer.flag("scale", true)));
        properties.put(
            ConfigDifference.TRAINING,
            layer.training() == null ? BY_PHASE : layer.training().toString());
      }
      case "Concatenate" -> properties.put(AXIS, axis(layer));
      case "Activation" -> properties.put(FUNCTION, KerasActivation.ofSetting(layer));
      case "ReLU" -> {
        kind = ACTIVATION;
        properties.put(FUNCTION, KerasActivation.ofReluLayer(layer));
      }
      case "LeakyReLU" -> {
        kind = ACTIVATION;
        properties.put(FUNCTION, KerasActivation.ofLeakyLayer(layer));
      }
      case "Merge" -> kind = "sum".equals(layer.text("mode")) ? ADD : kind;
      case "TFOpLambda", "TensorFlowOpLayer" ->
          kind = layer.name().matches("(.*[._])?(add|__operators__\\.add)(_\\d+)?") ? ADD : kind;
      case "ZeroPadding2D" -> {
        properties.put(PADS, padding(layer.integers(PADS)));
        properties.put("data_format", format(layer));
      }
      case MAX, AVERAGE -> {
        properties.put(POOL, kind);
        kind = POOLING;
        String size = pair(layer, "[2, 2]", POOL_SIZE);
        properties.put(POOL_SIZE, size);
        putWindow(layer, properties, POOL_SIZE, size, "strides");
        properties.put("data_format", format(layer));
      }
      case GLOBAL_AVERAGE, "GlobalMaxPooling2D" -> {
        properties.put(POOL, kind);
        kind = POOLING;
        properties.put("data_format", format(layer));
      }
      case "Dense" -> {
        properties.put("units", integer(layer, "units", "output_dim"));
        properties.put("use_bias", bias(layer));
        properties.put(FUNCTION, KerasActivation.ofSetting(layer));
      }
      default -> {
        if (FUNCTIONS.contains(kind)) {
          properties.put(FUNCTION, kind.toLowerCase(Locale.ROOT));
          kind = ACTIVATION;
        }
      }
    }
    return new ConfigNode(layer.name(), kind, properties, layer.inputs());
  }

  private static void putWindow(
      KerasLayer layer,
      Map<String, String> properties,
      String size,
      String stride,
      String... strides) {
    properties.put("strides", pair(layer, stride, strides));
    String padding = layer.text(PADS, "border_mode");
    putPadding(properties, size, padding == null ? VALID : padding);
  }

  /** A window of 1x1 is never padded. */
  private static void putPadding(Map<String, String> properties, String size, String padding) {
    properties.put(PADS, properties.get(size).equals("[1, 1]") ? VALID : padding);
  }

  private static String bias(KerasLayer layer) {
    return Boolean.toString(layer.flag("use_bias", layer.flag("bias", true)));
  }

  private static String format(KerasLayer layer) {
    return layer.channelsFirst() ? CHANNELS_FIRST : CHANNELS_LAST;
  }

  private static String integer(KerasLayer layer, String... names) {
    List<Integer> integers = layer.integers(names);
    return integers == null || integers.isEmpty() ? "unknown" : String.valueOf(integers.get(0));
  }

  private static String pair(KerasLayer layer, String standard, String... names) {
    List<Integer> integers = layer.integers(names);
    return integers == null ? standard : pair(integers);
  }

  private static String pair(List<Integer> integers) {
    return (integers.size() == 1 ? Collections.nCopies(2, integers.get(0)) : integers).toString();
  }

  /** Returns rows above and below, columns before and after, of any way to say them. */
  private static String padding(List<Integer> integers) {
    List<Integer> given = integers == null ? List.of(1) : integers;
    return switch (given.size()) {
      case 1 -> Collections.nCopies(4, given.get(0)).toString();
      case 2 ->
          List.of(
                  String.valueOf(given.get(0)),
                  String.valueOf(given.get(0)),
                  String.valueOf(given.get(1)),
                  String.valueOf(given.get(1)))
              .toString();
      default -> given.toString();
    };
  }

  private static String number(KerasLayer layer, double standard, String name) {
    Double number = layer.number(name);
    return number(number == null ? standard : number);
  }

  /** Rounds to a float, as backends do that write their settings back. */
  private static String number(double value) {
    return Float.toString((float) value);
  }
}
