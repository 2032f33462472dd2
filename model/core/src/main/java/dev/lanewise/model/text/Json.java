package dev.lanewise.model.text;

import java.util.List;
import java.util.Locale;

/** Writes one JSON object (RFC 8259) in one line; what is not finite becomes null. */
public final class Json {
  private final StringBuilder text = new StringBuilder();

  /** Adds a number. */
  public Json field(String name, double value) {
    return raw(name, number(value));
  }

  /** Adds a number. */
  public Json field(String name, long value) {
    return raw(name, Long.toString(value));
  }

  /** Adds a text. */
  public Json field(String name, String value) {
    return raw(name, quoted(value));
  }

  /** Adds a list of numbers. */
  public Json numbers(String name, List<? extends Number> values) {
    return raw(name, "[" + joined(values.stream().map(Json::number).toList()) + "]");
  }

  /** Adds a list of texts. */
  public Json texts(String name, List<String> values) {
    return raw(name, "[" + joined(values.stream().map(Json::quoted).toList()) + "]");
  }

  private Json raw(String name, String value) {
    text.append(text.isEmpty() ? "" : ", ").append(quoted(name)).append(": ").append(value);
    return this;
  }

  private static String joined(List<String> values) {
    return String.join(", ", values);
  }

  private static String number(Number value) {
    boolean integer = value instanceof Integer || value instanceof Long;
    return integer || Double.isFinite(value.doubleValue()) ? value.toString() : "null";
  }

  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return "{" + text + "}";
  }
}
