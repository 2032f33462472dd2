package dev.lanewise.model.text;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import java.util.Collection;

/** JSON (RFC 8259) as text in one line; what is not finite becomes null. */
public final class JsonText {
  private static final Gson GSON =
      new GsonBuilder()
          .setFormattingStyle(FormattingStyle.COMPACT.withSpaceAfterSeparators(true))
          .serializeNulls()
          .disableHtmlEscaping()
          .create();

  private JsonText() {}

  /** Returns the text of an element. */
  public static String of(JsonElement element) {
    return GSON.toJson(element);
  }

  /** Returns a number with all its digits, of its own precision. */
  public static JsonElement number(Number value) {
    return Double.isFinite(value.doubleValue()) ? new JsonPrimitive(value) : JsonNull.INSTANCE;
  }

  /** Returns a list of numbers. */
  public static JsonArray numbers(Collection<? extends Number> values) {
    JsonArray array = new JsonArray(values.size());
    values.forEach(value -> array.add(number(value)));
    return array;
  }
}
