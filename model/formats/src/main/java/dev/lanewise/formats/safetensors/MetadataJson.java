package dev.lanewise.formats.safetensors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.lanewise.formats.io.FormatException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Texts of a file's metadata that are JSON. */
final class MetadataJson {
  private MetadataJson() {}

  /** Returns a list of numbers or texts as JSON. */
  static String array(Collection<?> values) {
    return elements(values).toString();
  }

  static JsonArray elements(Collection<?> values) {
    JsonArray array = new JsonArray();
    for (Object value : values) {
      if (value instanceof Number number) {
        array.add(number);
      } else {
        array.add((String) value);
      }
    }
    return array;
  }

  /**
   * Returns a text.
   *
   * @throws FormatException where it is missing
   */
  static String needed(Map<String, String> metadata, String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw missing(key);
    }
    return text;
  }

  /**
   * Returns a value of an object.
   *
   * @throws FormatException where it is missing
   */
  static JsonElement needed(JsonObject json, String key) {
    JsonElement element = json.get(key);
    if (element == null) {
      throw missing(key);
    }
    return element;
  }

  private static FormatException missing(String key) {
    return new FormatException("'" + key + "' is missing in its metadata");
  }

  /**
   * Returns a text as what it says.
   *
   * @throws FormatException where it is missing or is not JSON
   */
  static JsonElement json(Map<String, String> metadata, String key) {
    String text = needed(metadata, key);
    try {
      return JsonParser.parseString(text);
    } catch (JsonParseException e) {
      // Gson's own words are for programmers.
      throw new FormatException("the file is damaged: '" + key + "' is not JSON", e);
    }
  }

  static List<String> texts(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
  }

  static List<Integer> integers(JsonElement array) {
    return array.getAsJsonArray().asList().stream().map(JsonElement::getAsInt).toList();
  }
}
