package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs with mistakes: each file says, on the line of the mistake, what has to be reported. */
class BadSpecsTest {
  static Stream<Path> specs() {
    return Compilation.resources("bad").stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void reportsEveryMistakeWhereItIsMade(Path spec) {
    List<String> expected = Marks.expected(spec, "error");
    assertThat(expected).isNotEmpty();
    assertThat(Marks.reported(Compilation.of(spec).diagnostics()))
        .containsExactlyInAnyOrderElementsOf(expected);
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
