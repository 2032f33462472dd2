package dev.lanewise.formats.keras;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.lanewise.spec.Activation;
import java.util.List;
import java.util.Map;

/** Activations in Keras's words: what is written for them, and one text for each that is read. */
final class KerasActivation {
  private static final String FUNCTION = "activation";
  private static final String MAX_VALUE = "max_value";
  private static final String NEGATIVE_SLOPE = "negative_slope";
  private static final String THRESHOLD = "threshold";

  /** The slope's name to Keras 2; Keras 3 still takes it. */
  private static final String ALPHA = "alpha";

  private static final double LEAKY_LAYERS_SLOPE = 0.3;
  private static final double LEAKY_FUNCTIONS_SLOPE = 0.2;

  private KerasActivation() {}

  /**
   * Adds the settings of a layer whose class is that of {@link
   * dev.lanewise.network.LayerConfig.Activated}. Of several names it takes the one that most
   * versions of Keras read.
   */
  static void addSettings(Activation function, JsonObject config) {
    for (Map.Entry<String, JsonPrimitive> setting : settings(function)) {
      config.add(setting.getKey(), setting.getValue());
    }
  }

  private static List<Map.Entry<String, JsonPrimitive>> settings(Activation function) {
    return switch (function) {
      case NONE -> List.of(Map.entry(FUNCTION, new JsonPrimitive("linear")));
      case RELU -> List.of(Map.entry(FUNCTION, new JsonPrimitive("relu")));
      case SILU -> List.of(Map.entry(FUNCTION, new JsonPrimitive("swish")));
      case GELU, SIGMOID, TANH, HARD_SIGMOID, HARD_SWISH ->
          List.of(Map.entry(FUNCTION, new JsonPrimitive(text(function))));
      case LEAKY_RELU -> List.of(Map.entry(ALPHA, new JsonPrimitive(Activation.LEAKY_SLOPE)));
      case RELU6 ->
          List.of(
              Map.entry(MAX_VALUE, new JsonPrimitive(6.0)),
              Map.entry(NEGATIVE_SLOPE, new JsonPrimitive(0.0)),
              Map.entry(THRESHOLD, new JsonPrimitive(0.0)));
    };
  }

  /** Returns the text of an activation. */
  static String text(Activation function) {
    return switch (function) {
      case NONE -> "linear";
      case RELU -> "relu";
      case LEAKY_RELU -> leaky(Activation.LEAKY_SLOPE);
      case RELU6 -> "relu6";
      case SILU -> "silu";
      case GELU -> "gelu";
      case SIGMOID -> "sigmoid";
      case TANH -> "tanh";
      case HARD_SIGMOID -> "hard_sigmoid";
      case HARD_SWISH -> "hard_silu";
    };
  }

  /** Returns the text of the setting {@code activation}, which may be missing. */
  static String ofSetting(KerasLayer layer) {
    String function = layer.text(FUNCTION);
    if (function == null) {
      return text(Activation.NONE);
    }
    return switch (function) {
      case "swish" -> text(Activation.SILU);
      case "hard_swish" -> text(Activation.HARD_SWISH);
      case "leaky_relu" -> leaky(LEAKY_FUNCTIONS_SLOPE);
      default -> function;
    };
  }

  /** Returns the text of a layer of class {@code LeakyReLU}. */
  static String ofLeakyLayer(KerasLayer layer) {
    Double slope = layer.number(NEGATIVE_SLOPE, ALPHA);
    if (slope == null && layer.text(NEGATIVE_SLOPE, ALPHA) != null) {
      return "leaky_relu of unknown slope";
    }
    return leaky(slope == null ? LEAKY_LAYERS_SLOPE : slope);
  }

  /** Returns the text of a layer of class {@code ReLU}. */
  static String ofReluLayer(KerasLayer layer) {
    Double most = layer.number(MAX_VALUE);
    double slope = orZero(layer.number(NEGATIVE_SLOPE));
    double threshold = orZero(layer.number(THRESHOLD));
    if (threshold == 0 && most == null) {
      return slope == 0 ? text(Activation.RELU) : leaky(slope);
    }
    if (threshold == 0 && slope == 0 && most == 6) {
      return text(Activation.RELU6);
    }
    return "relu of max_value " + most + ", negative_slope " + slope + ", threshold " + threshold;
  }

  private static double orZero(Double number) {
    return number == null ? 0 : number;
  }

  /** Rounds to a float, as backends do that write their settings back. */
  private static String leaky(double slope) {
    return "leaky_relu of slope " + (float) slope;
  }
}
