package dev.lanewise.formats.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A layer of a {@code model_config}.
 *
 * @param name the layer's name
 * @param type Keras's class name: {@code "Conv2D"}
 * @param settings the layer's {@code config}
 * @param inputs names of the layers that it reads, where it is called first
 * @param layers the layers of a nested model; empty for all others
 * @param outputs names of the nested model's layers that give its outputs
 * @param training what the layer's call says of {@code training}; null where it says nothing
 */
record KerasLayer(
    String name,
    String type,
    JsonObject settings,
    List<String> inputs,
    List<KerasLayer> layers,
    List<String> outputs,
    Boolean training) {

  /** Returns the name by which Keras 3 counts layers of a class: {@code zero_padding2d}. */
  static String snakeCase(String type) {
    return type.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Returns whether the channels are the first axis of its map; Keras 1 calls that {@code th}. */
  boolean channelsFirst() {
    String format = text("data_format", "dim_ordering");
    return "channels_first".equals(format) || "th".equals(format);
  }

  /** Returns the same layer with other inputs. */
  KerasLayer reading(List<String> others) {
    return new KerasLayer(name, type, settings, others, layers, outputs, training);
  }

  /** Returns whether a setting is there, under the first of some names. */
  private JsonElement setting(String... names) {
    for (String key : names) {
      JsonElement value = settings.get(key);
      if (value != null && !value.isJsonNull()) {
        return value;
      }
    }
    return null;
  }

  /** Returns a text, or the name of an object such as an activation; null where it is missing. */
  String text(String... names) {
    JsonElement value = setting(names);
    if (value == null) {
      return null;
    }
    if (value.isJsonObject()) {
      JsonObject object = value.getAsJsonObject();
      JsonElement inner = object.get("class_name");
      if (inner != null && inner.isJsonPrimitive() && inner.getAsString().equals("function")) {
        inner = object.get("config");
      }
      return inner != null && inner.isJsonPrimitive() ? inner.getAsString() : object.toString();
    }
    return value.isJsonPrimitive() ? value.getAsString() : value.toString();
  }

  /** Returns a number; null where it is missing or none. */
  Double number(String... names) {
    JsonElement value = setting(names);
    return value == null ? null : number(value);
  }

  /** Returns whether it works along the channels, which are the last axis, or says no axis. */
  boolean isAlongChannels() {
    List<Integer> axis = integers("axis");
    return axis == null || axis.equals(List.of(3)) || axis.equals(List.of(-1));
  }

  /** Returns whether a setting is there, and not null. */
  boolean has(String name) {
    return setting(name) != null;
  }

  /**
   * Returns the numbers of any nesting in one row, of a NumPy array too; none where they are
   * missing or something is no number.
   */
  List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    JsonElement value = setting(name);
    if (value != null && value.isJsonObject()) {
      // Keras 3 writes an array as {"class_name": "__numpy__", "config": {"value": [...]}}.
      JsonElement config = value.getAsJsonObject().get("config");
      value =
          config != null && config.isJsonObject() ? config.getAsJsonObject().get("value") : null;
    }
    return value != null && addNumbers(value, numbers) ? numbers : List.of();
  }

  private static boolean addNumbers(JsonElement value, List<Double> numbers) {
    if (value.isJsonArray()) {
      boolean all = true;
      for (JsonElement element : value.getAsJsonArray()) {
        all &= addNumbers(element, numbers);
      }
      return all;
    }
    boolean isNumber = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    if (isNumber) {
      numbers.add(value.getAsDouble());
    }
    return isNumber;
  }

  private static Double number(JsonElement value) {
    try {
      return value.isJsonPrimitive() ? (Double) value.getAsDouble() : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Returns whether something is on. */
  boolean flag(String name, boolean standard) {
    JsonElement value = setting(name);
    return value == null || !value.isJsonPrimitive() ? standard : value.getAsBoolean();
  }

  /**
   * Returns integers in one row: {@code 3}, {@code [3, 3]} and {@code [[3, 3], [3, 3]]} give 1, 2
   * and 4; null where they are missing; unknown ones are null.
   */
  List<Integer> integers(String... names) {
    JsonElement value = setting(names);
    if (value == null) {
      return null;
    }
    List<Integer> integers = new ArrayList<>();
    addIntegers(value, integers);
    return integers;
  }

  private static void addIntegers(JsonElement value, List<Integer> integers) {
    if (value.isJsonArray()) {
      JsonArray array = value.getAsJsonArray();
      array.forEach(element -> addIntegers(element, integers));
    } else {
      Double number = number(value);
      integers.add(number == null ? null : (Integer) (int) Math.round(number));
    }
  }
}
