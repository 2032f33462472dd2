package dev.lanewise.processor.plan;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Makes distinct parts of Java names of the names of a spec. */
final class Ids {
  private final Set<String> taken = new HashSet<>();

  /** Starts with names that are used already; upper and lower case are one. */
  Ids(String... taken) {
    for (String name : taken) {
      this.taken.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Returns a part that can follow letters: {@code "2a"} stays, {@code "reduce"} becomes {@code
   * "Reduce"}, {@code "conv1"} of a stem becomes {@code "1"}.
   */
  String of(String name) {
    String bare = name.startsWith("conv") && name.length() > 4 ? name.substring(4) : name;
    StringBuilder id = new StringBuilder();
    for (char c : bare.toCharArray()) {
      id.append(Character.isJavaIdentifierPart(c) ? c : '_');
    }
    id.setCharAt(0, Character.toUpperCase(id.charAt(0)));
    return distinct(id.toString());
  }

  /** Returns a name that is not yet taken, with a number where the name alone is. */
  String distinct(String name) {
    String distinct = name;
    for (int i = 2; !taken.add(distinct.toLowerCase(Locale.ROOT)); i++) {
      distinct = name + "_" + i;
    }
    return distinct;
  }
}
