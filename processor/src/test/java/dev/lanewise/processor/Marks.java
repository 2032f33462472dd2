package dev.lanewise.processor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;

/** The messages that a spec says it expects: each on its line, after a mark. */
final class Marks {
  private Marks() {}

  /** Returns what a file expects after a mark, as {@code "line: message"}. */
  static List<String> expected(Path spec, String mark) {
    List<String> expected = new ArrayList<>();
    List<String> lines = Compilation.read(spec).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split(" // " + mark + ": ", -1);
      for (int part = 1; part < parts.length; part++) {
        expected.add(i + 1 + ": " + parts[part]);
      }
    }
    return expected;
  }

  /** Returns messages in the same form. */
  static List<String> reported(List<? extends Diagnostic<?>> diagnostics) {
    return diagnostics.stream()
        .map(found -> found.getLineNumber() + ": " + found.getMessage(Locale.ROOT))
        .toList();
  }
}
