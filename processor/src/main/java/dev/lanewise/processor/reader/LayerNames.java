package dev.lanewise.processor.reader;

import dev.lanewise.processor.spec.NamePattern;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks that names can be names of layers, which are folders in model files. */
final class LayerNames {
  private static final String LETTERS = "letters, digits, '_', '-' and '.'";
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Pattern START = Pattern.compile("[A-Za-z0-9_].*");
  private static final Pattern BRACE = Pattern.compile("[{}]");

  private final Problems problems;

  LayerNames(Problems problems) {
    this.problems = problems;
  }

  /** Checks a name, or a part of one. */
  boolean check(Place place, String subject, String name) {
    return check(place, subject, name, name);
  }

  private boolean check(Place place, String subject, String name, String got) {
    if (USABLE.matcher(name).matches()) {
      return true;
    }
    problems.report(place, subject, "a name of " + LETTERS, "'" + got + "'");
    return false;
  }

  /** Checks a name that is a layer's whole name. */
  void checkWhole(Place place, String subject, String name) {
    checkWhole(place, subject, name, name);
  }

  private void checkWhole(Place place, String subject, String name, String got) {
    if (check(place, subject, name, got) && !START.matcher(name).matches()) {
      problems.report(
          place, subject, "a name that starts with a letter, a digit or '_'", "'" + got + "'");
    }
  }

  /**
   * Reads a pattern.
   *
   * @param known the placeholders that have a meaning
   */
  NamePattern pattern(Annotation annotation, String member, String subject, Set<String> known) {
    NamePattern pattern = new NamePattern(annotation.text(member));
    StringBuilder filled = new StringBuilder();
    for (NamePattern.Part part : pattern.parts()) {
      if (!part.placeholder() && BRACE.matcher(part.text()).find()) {
        problems.report(
            annotation.at(member),
            subject,
            "each '{' closed by a '}', and no other braces",
            "'" + pattern.text() + "'");
        return pattern;
      }
      if (!part.placeholder()) {
        filled.append(part.text());
        continue;
      }
      filled.append('x');
      if (!known.contains(part.text())) {
        TreeSet<String> required = new TreeSet<>();
        known.forEach(name -> required.add("{" + name + "}"));
        problems.report(
            annotation.at(member),
            subject,
            "no placeholders but " + String.join(", ", required),
            "{" + part.text() + "}");
      }
    }
    checkWhole(annotation.at(member), subject, filled.toString(), pattern.text());
    return pattern;
  }
}
