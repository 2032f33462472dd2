package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs that are allowed but odd: each file says, on its line, of what javac has to warn. */
class OddSpecsTest {
  static Stream<Path> specs() {
    return Compilation.resources("odd").stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void warnsWhereItIsSaid(Path spec) {
    List<String> expected = Marks.expected(spec, "warning");
    assertThat(expected).isNotEmpty();
    Compilation compilation = Compilation.of(spec);
    var warnings =
        compilation.diagnostics().stream()
            .filter(found -> found.getKind() == Diagnostic.Kind.WARNING)
            .toList();
    assertThat(Marks.reported(warnings)).containsExactlyInAnyOrderElementsOf(expected);
    // With -Werror a warning is one error more, but the code is there.
    assertThat(compilation.errors()).containsExactly("warnings found and -Werror specified");
    assertThat(compilation.sources()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void isSilentWhereAsked(Path spec) {
    String text =
        Compilation.read(spec)
            .replaceAll("(?m)^(public )?interface", "@SuppressWarnings(\"lanewise\") $0");
    Compilation compilation =
        Compilation.of(
            Map.of(spec.getFileName().toString(), text), List.of(), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.success()).isTrue();
  }
}
