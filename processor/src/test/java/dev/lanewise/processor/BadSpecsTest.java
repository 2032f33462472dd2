package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs with mistakes: each file says, on the line of the mistake, what has to be reported. */
class BadSpecsTest {
  private static final String MARK = " // error: ";

  static Stream<Path> specs() {
    return Compilation.resources("bad").stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void reportsEveryMistakeWhereItIsMade(Path spec) {
    List<String> expected = new ArrayList<>();
    List<String> lines = Compilation.read(spec).lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split(MARK, -1);
      for (int part = 1; part < parts.length; part++) {
        expected.add(i + 1 + ": " + parts[part]);
      }
    }
    assertThat(expected).isNotEmpty();
    List<String> reported =
        Compilation.of(spec).diagnostics().stream()
            .map(found -> found.getLineNumber() + ": " + found.getMessage(Locale.ROOT))
            .toList();
    assertThat(reported).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void pointsAtTheValuesThemselves() {
    Path spec = Compilation.resource("bad", "ManyMistakes.java");
    String text = Compilation.read(spec);
    List<String> values = new ArrayList<>();
    for (Diagnostic<?> found : Compilation.of(spec).diagnostics()) {
      values.add(text.substring((int) found.getStartPosition(), (int) found.getEndPosition()));
    }
    assertThat(values).containsExactlyInAnyOrder("-1", "0", "0", "{}", "-3", "2");
  }
}
