package dev.lanewise.model.run;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Patterns of layer names: {@code *} stands for any characters, {@code ?} for one, {@code [2-4]}
 * and {@code [!a]} for one within, or outside, a set.
 */
public final class LayerPatterns {
  /** Stands between patterns in one text, so that it can stand in none. */
  static final String SEPARATOR = ",";

  /** Before a pattern of layers that are taken out again. */
  private static final String EXCEPT = "!";

  /** Layers that a message names. */
  private static final int NAMED = 5;

  private LayerPatterns() {}

  /**
   * Returns the names of the layers that patterns choose among those with parameters. The last
   * pattern that fits a name decides; one that begins with {@code !} takes layers out again.
   *
   * @throws ModelException where a pattern is none, or no layer fits it
   */
  public static Set<String> choose(Network network, List<String> patterns) {
    Collection<String> layers = layersWithParameters(network);
    Set<String> chosen = new LinkedHashSet<>();
    for (String pattern : patterns) {
      boolean except = pattern.startsWith(EXCEPT);
      List<String> fitting = fitting(layers, except ? pattern.substring(1) : pattern);
      if (except) {
        fitting.forEach(chosen::remove);
      } else {
        chosen.addAll(fitting);
      }
    }
    return chosen;
  }

  private static Collection<String> layersWithParameters(Network network) {
    Set<String> layers = new LinkedHashSet<>();
    for (Parameter parameter : network.parameters()) {
      layers.add(parameter.layer());
    }
    return layers;
  }

  /**
   * Returns the names that one pattern fits, among those of layers with parameters.
   *
   * @throws ModelException where the pattern is none, or no layer fits it
   */
  static List<String> fitting(Network network, String pattern) {
    return fitting(layersWithParameters(network), pattern);
  }

  private static List<String> fitting(Collection<String> layers, String pattern) {
    Pattern compiled = compile(pattern);
    List<String> fitting = layers.stream().filter(l -> compiled.matcher(l).matches()).toList();
    if (fitting.isEmpty()) {
      List<String> named = new ArrayList<>(layers);
      if (named.size() > NAMED) {
        named.subList(NAMED - 1, named.size() - 1).clear();
        named.add(NAMED - 1, "...");
      }
      throw new ModelException(
          "no layer with parameters is named '"
              + pattern
              + "'; there are "
              + String.join(", ", named));
    }
    return fitting;
  }

  private static Pattern compile(String pattern) {
    if (pattern.isBlank() || pattern.contains(SEPARATOR)) {
      throw mistake(pattern);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '*') {
        regex.append(".*");
      } else if (c == '?') {
        regex.append('.');
      } else if (c == '[') {
        int end = pattern.indexOf(']', i + 2);
        if (end < 0) {
          throw mistake(pattern);
        }
        regex.append(set(pattern.substring(i + 1, end)));
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    try {
      return Pattern.compile(regex.toString());
    } catch (PatternSyntaxException e) {
      throw mistake(pattern);
    }
  }

  /** Returns the regular expression of a set, in which only - and a first ! mean anything. */
  private static String set(String members) {
    boolean outside = members.startsWith("!");
    String within = outside ? members.substring(1) : members;
    return "[" + (outside ? "^" : "") + within.replaceAll("[\\\\\\[\\]^&]", "\\\\$0") + "]";
  }

  private static ModelException mistake(String pattern) {
    return new ModelException(
        "'"
            + pattern
            + "' is no pattern of layer names; requires a name in which * stands for any characters,"
            + " ? for one, and [2-4] for one of a set");
  }
}
