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
    assertThat(valuesOf("ManyMistakes")).containsExactlyInAnyOrder("-1", "0", "0", "{}", "-3", "2");
    assertThat(valuesOf("FiltersAtWithGap")).containsExactly("3");
    assertThat(valuesOf("FiltersNotGiven")).containsExactly("Bottleneck.class");
    assertThat(valuesOf("FiltersTooManyInStage")).containsExactly("2000000000");
    assertThat(valuesOf("PatternUnclosed"))
        .containsExactlyInAnyOrder("\"res{stage_{block}_{unit}\"", "\"bn{stage}{block}_unit}\"");
    assertThat(valuesOf("StageBlockIsAnArray")).containsExactly("int[].class");
    assertThat(valuesOf("StagesOverlap")).containsExactly("\"2\"");
    // What is missing stands beside this.
    assertThat(valuesOf("ProjectionStride")).containsExactly("1");
  }

  /** Returns the pieces of a file at which its mistakes are reported. */
  private static List<String> valuesOf(String name) {
    Path spec = Compilation.resource("bad", name + ".java");
    String text = Compilation.read(spec);
    List<String> values = new ArrayList<>();
    for (Diagnostic<?> found : Compilation.of(spec).diagnostics()) {
      values.add(text.substring((int) found.getStartPosition(), (int) found.getEndPosition()));
    }
    return values;
  }
}
