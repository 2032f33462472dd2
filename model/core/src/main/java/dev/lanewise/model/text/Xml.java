package dev.lanewise.model.text;

import java.util.Locale;

/** Text as it may stand in an XML file. */
public final class Xml {
  private static final int REPLACEMENT = 0xFFFD;

  private Xml() {}

  /** Returns text with what XML gives a meaning escaped, and what it does not know replaced. */
  public static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isCharacter(c) ? c : REPLACEMENT);
              }
            });
    return escaped.toString();
  }

  private static boolean isCharacter(int c) {
    boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return c == '\n' || c == '\t' || (c >= ' ' && !surrogate && c != 0xFFFE && c != 0xFFFF);
  }

  /** Returns a coordinate with one decimal. */
  public static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
