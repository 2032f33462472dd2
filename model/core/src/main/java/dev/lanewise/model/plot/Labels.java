package dev.lanewise.model.plot;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.Padding;
import dev.lanewise.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands in and behind a node. */
final class Labels {
  private Labels() {}

  /** Returns what a unit's layers do before normalisation: "3x3 conv, 64, /2". */
  static String work(Unit unit) {
    return work(unit.anchor());
  }

  private static String work(LayerInfo layer) {
    return switch (layer.config()) {
      case LayerConfig.Convolution conv ->
          size(conv.window())
              + (conv.depthwise() ? " depthwise conv, " : " conv, ")
              + conv.filters()
              + stride(conv.window());
      case LayerConfig.Pooling pooling ->
          switch (pooling.kind()) {
            case MAX -> size(pooling.window()) + " max pool" + stride(pooling.window());
            case AVERAGE -> size(pooling.window()) + " average pool" + stride(pooling.window());
            case GLOBAL_AVERAGE -> "global average pool";
            case NONE -> "";
          };
      case LayerConfig.Classification dense ->
          "dense, " + dense.units() + ", " + dense.activation().text();
      case LayerConfig.Dense dense -> "dense, " + dense.units();
      case LayerConfig.Dropout dropout -> "dropout " + dropout.rate();
      case LayerConfig.BatchNormalization batchNormalization -> "BN";
      case LayerConfig.Activated activated -> activation(activated.function());
      case LayerConfig.ZeroPadding zeroPadding -> "zero padding";
      case LayerConfig.Flattening flattening -> "flatten";
      case LayerConfig.Addition addition -> "add";
      case LayerConfig.Multiplication multiplication -> "multiply";
      case LayerConfig.Concatenation concatenation -> "concatenate";
      case LayerConfig.Reshaping reshaping -> "reshape";
      case LayerConfig.Input input -> "input";
    };
  }

  /** Returns what follows a unit's work: "BN, ReLU"; empty where nothing does. */
  static String after(Unit unit) {
    int anchor = unit.layers().indexOf(unit.anchor());
    return unit.layers().stream()
        .skip(anchor + 1L)
        .map(Labels::work)
        .collect(Collectors.joining(", "));
  }

  /** Returns a shape: "56×56×64". */
  static String shape(List<Integer> shape) {
    return shape.stream().map(Object::toString).collect(Collectors.joining("×"));
  }

  /** Returns all that is known of a unit, a paragraph for each layer. */
  static String details(Unit unit, Map<String, LayerCost> costs) {
    List<String> lines = new ArrayList<>();
    for (LayerInfo layer : unit.layers()) {
      LayerCost cost = costs.get(layer.name());
      lines.add(layer.name() + " (" + layer.type() + ")" + settings(layer.config()));
      lines.add(
          String.format(
              Locale.ROOT,
              "  output %s, %s; %,d parameters%s; %,d FLOPs",
              shape(layer.outputShape()),
              Amounts.bytes(cost.activationBytes()),
              layer.trainable() + layer.nonTrainable(),
              layer.nonTrainable() == 0
                  ? ""
                  : String.format(Locale.ROOT, " (%,d of them not trained)", layer.nonTrainable()),
              cost.flops()));
    }
    return String.join("\n", lines);
  }

  /** Returns the settings that the label leaves out. */
  private static String settings(LayerConfig config) {
    return switch (config) {
      case LayerConfig.Convolution conv ->
          ": "
              + conv.filters()
              + " filters, "
              + (conv.depthwise() ? "depthwise, " : "")
              + (conv.groups() > 1 && !conv.depthwise() ? conv.groups() + " groups, " : "")
              + window(conv.window())
              + (conv.bias() ? ", bias" : ", no bias");
      case LayerConfig.Pooling pooling ->
          pooling.window() == null ? "" : ": " + window(pooling.window());
      case LayerConfig.BatchNormalization bn ->
          ": momentum " + bn.momentum() + ", epsilon " + bn.epsilon();
      case LayerConfig.ZeroPadding pad ->
          String.format(
              Locale.ROOT,
              ": %d above, %d below, %d left, %d right",
              pad.top(),
              pad.bottom(),
              pad.left(),
              pad.right());
      case LayerConfig.Activated activated -> ": " + activation(activated.function());
      case LayerConfig.Input input -> "";
      case LayerConfig.Addition addition -> "";
      case LayerConfig.Multiplication multiplication -> "";
      case LayerConfig.Concatenation concatenation -> "";
      case LayerConfig.Reshaping reshaping -> "";
      case LayerConfig.Flattening flattening -> "";
      case LayerConfig.Dense dense -> "";
      case LayerConfig.Dropout dropout -> "";
      case LayerConfig.Classification classification -> "";
    };
  }

  private static String window(Window window) {
    String padding =
        window.padding() == Padding.EXPLICIT
            ? window.top() + "," + window.bottom() + "," + window.left() + "," + window.right()
            : window.padding().name().toLowerCase(Locale.ROOT);
    return String.format(
        Locale.ROOT,
        "%s, stride %dx%d, %spadding %s",
        size(window),
        window.sh(),
        window.sw(),
        window.isDilated() ? "dilation " + window.dh() + "x" + window.dw() + ", " : "",
        padding);
  }

  private static String size(Window window) {
    return window.kh() + "×" + window.kw();
  }

  private static String stride(Window window) {
    if (window.sh() == 1 && window.sw() == 1) {
      return "";
    }
    return window.sh() == window.sw()
        ? ", /" + window.sh()
        : ", /" + window.sh() + "×" + window.sw();
  }

  private static String activation(Activation function) {
    return switch (function) {
      case NONE -> "linear";
      case RELU -> "ReLU";
      case LEAKY_RELU -> "leaky ReLU";
      case RELU6 -> "ReLU6";
      case SILU -> "SiLU";
      case GELU -> "GELU";
      case SIGMOID -> "sigmoid";
      case TANH -> "tanh";
      case HARD_SIGMOID -> "hard sigmoid";
      case HARD_SWISH -> "hard swish";
    };
  }
}
