package dev.lanewise.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A setting as command lines and files write it: {@code name}, or {@code name(key=value,...)}. What
 * is wrong is told in one sentence, with what there is to choose from.
 */
public final class Term {
  private static final Pattern FORM = Pattern.compile("([\\w-]+)(?:\\((.*)\\))?");

  private final String kind;
  private final String name;
  private final Map<String, String> arguments = new LinkedHashMap<>();

  private Term(String kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  /**
   * Reads a term.
   *
   * @param kind what it is one of, for messages: {@code "initialiser"}
   * @param text the term
   * @param known the names that there are, and the keys of each, in the order of messages
   * @return the term
   * @throws IllegalArgumentException where name or a key is not known, or a key stands there twice
   */
  public static Term parse(String kind, String text, Map<String, List<String>> known) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || !known.containsKey(form.group(1))) {
      List<String> usages = new ArrayList<>();
      known.forEach((name, keys) -> usages.add(usage(name, keys)));
      throw new IllegalArgumentException(
          "unknown " + kind + " '" + text + "'; known are " + String.join(", ", usages));
    }
    Term term = new Term(kind, form.group(1));
    String inside = form.group(2);
    if (inside != null && !inside.isBlank()) {
      for (String argument : inside.split(",", -1)) {
        term.addArgument(argument.strip(), known.get(term.name));
      }
    }
    return term;
  }

  /**
   * Splits a list of terms at the commas, or other separators, that stand outside brackets.
   *
   * @param text the list
   * @param separator what stands between two terms
   * @return the terms as texts, without space around them
   */
  public static List<String> split(String text, char separator) {
    List<String> terms = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == separator && depth == 0) {
        terms.add(text.substring(from, i).strip());
        from = i + 1;
      }
    }
    terms.add(text.substring(from).strip());
    return List.copyOf(terms);
  }

  private static String usage(String name, List<String> keys) {
    return keys.isEmpty()
        ? name
        : name + "(" + String.join(",", keys.stream().map(key -> key + "=...").toList()) + ")";
  }

  private void addArgument(String argument, List<String> keys) {
    int equals = argument.indexOf('=');
    String key = equals < 0 ? argument : argument.substring(0, equals).strip();
    if (equals < 0 || !keys.contains(key)) {
      throw new IllegalArgumentException(
          kind + " " + name + " has no argument '" + argument + "'; known is " + usage(name, keys));
    }
    if (arguments.put(key, argument.substring(equals + 1).strip()) != null) {
      throw new IllegalArgumentException(
          kind + " " + name + " has the argument '" + key + "' twice");
    }
  }

  /** {@return the name} */
  public String name() {
    return name;
  }

  /**
   * {@return whether an argument is given}
   *
   * @param key the argument
   */
  public boolean has(String key) {
    return arguments.containsKey(key);
  }

  /**
   * {@return an argument as it stands there}
   *
   * @param key the argument
   * @param otherwise what it is where it is not given
   */
  public String text(String key, String otherwise) {
    return arguments.getOrDefault(key, otherwise);
  }

  /**
   * {@return an argument that is a number}
   *
   * @param key the argument
   * @param otherwise what it is where it is not given
   * @throws IllegalArgumentException where it is no number
   */
  public double number(String key, double otherwise) {
    String value = arguments.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(required(key, "a number"), e);
    }
  }

  /**
   * {@return an argument that is a number within bounds}
   *
   * @param key the argument
   * @param otherwise what it is where it is not given
   * @param least the least that it may be
   * @param most the most that it may be
   * @throws IllegalArgumentException where it is another
   */
  public double number(String key, double otherwise, double least, double most) {
    double value = number(key, otherwise);
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          required(key, "a number from " + shortest(least) + " to " + shortest(most)));
    }
    return value;
  }

  /**
   * {@return an argument that is an integer}
   *
   * @param key the argument
   * @param otherwise what it is where it is not given
   * @throws IllegalArgumentException where it is none
   */
  public long integer(String key, long otherwise) {
    String value = arguments.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(required(key, "an integer"), e);
    }
  }

  /**
   * {@return a sentence that says what an argument requires, and what was got}
   *
   * @param key the argument
   * @param required what it has to be
   */
  public String required(String key, String required) {
    return kind
        + " "
        + name
        + " requires "
        + required
        + " as "
        + key
        + ", got '"
        + arguments.get(key)
        + "'";
  }

  private static String shortest(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
