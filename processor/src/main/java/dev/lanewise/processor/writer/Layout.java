package dev.lanewise.processor.writer;

import com.palantir.javapoet.JavaFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The last touch on JavaPoet's text, which has an empty line between any two members and three
 * lines in any Javadoc: fields of a group stand together, under one line of Javadoc.
 */
final class Layout {
  private Layout() {}

  /** Returns the file's text in this project's layout. */
  static String text(JavaFile file) {
    List<String> lines = new ArrayList<>();
    String[] given = file.toString().split("\n");
    for (int i = 0; i < given.length; i++) {
      if (i + 2 < given.length && isOneLine(given, i)) {
        lines.add(given[i] + given[i + 1].strip().substring(1) + " */");
        i += 2;
      } else if (!isInGroup(given, i)) {
        lines.add(given[i]);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static boolean isOneLine(String[] lines, int i) {
    return lines[i].strip().equals("/**") && lines[i + 2].strip().equals("*/");
  }

  /** Whether a line is the empty one between two fields, of which the second has no Javadoc. */
  private static boolean isInGroup(String[] lines, int i) {
    return lines[i].isEmpty() && i > 0 && isField(lines[i - 1]) && isField(lines[i + 1]);
  }

  /** Statements do not start with a modifier, and methods do not end with a semicolon. */
  private static boolean isField(String line) {
    return line.strip().startsWith("private ") && line.endsWith(";");
  }
}
