package dev.lanewise.processor.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer name with placeholders in braces.
 *
 * @param text the pattern: {@code "res{stage}{block}_branch{unit}"}
 */
public record NamePattern(String text) {
  private static final String PLUS = " + ";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

  /**
   * A piece of a pattern.
   *
   * @param text the letters, or the placeholder's name
   * @param placeholder whether the text is a placeholder's name
   */
  public record Part(String text, boolean placeholder) {}

  /** Returns the pieces in order: letters and placeholders, none of them empty. */
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      if (matcher.start() > end) {
        parts.add(new Part(text.substring(end, matcher.start()), false));
      }
      parts.add(new Part(matcher.group(1), true));
      end = matcher.end();
    }
    if (end < text.length()) {
      parts.add(new Part(text.substring(end), false));
    }
    return parts;
  }

  /** Returns whether a placeholder of this name, without braces, occurs. */
  public boolean has(String placeholder) {
    return parts().contains(new Part(placeholder, true));
  }

  /**
   * Returns the pattern with a placeholder, a number, made one for a sum: {@code {position}}
   * becomes {@code {position + 1}}.
   */
  public NamePattern shifted(String placeholder, int by) {
    return by == 0 ? this : with(Map.of(placeholder, "{" + placeholder + PLUS + by + "}"));
  }

  /** Returns whether a placeholder of this name, or a sum of it, occurs. */
  public boolean needs(String placeholder) {
    return parts().stream()
        .anyMatch(
            part -> part.placeholder() && (part.text() + PLUS).startsWith(placeholder + PLUS));
  }

  /** Returns the pattern with the given placeholders replaced, and others left as they are. */
  public NamePattern with(Map<String, String> values) {
    StringBuilder name = new StringBuilder();
    for (Part part : parts()) {
      if (!part.placeholder()) {
        name.append(part.text());
      } else if (values.containsKey(part.text())) {
        name.append(values.get(part.text()));
      } else {
        name.append('{').append(part.text()).append('}');
      }
    }
    return new NamePattern(name.toString());
  }
}
