package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs without mistakes: what is generated compiles without warnings, and stays small. */
class GoodSpecsTest {
  /** HotSpot compiles no method that is larger. */
  private static final int LARGEST_METHOD = 8000;

  static Stream<Path> specs() {
    return Compilation.resources("good").stream();
  }

  @ParameterizedTest
  @MethodSource("specs")
  void compilesWithoutWarnings(Path spec) {
    Compilation compilation = Compilation.of(spec);
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.success()).isTrue();
    String name = "good." + spec.getFileName().toString().replace(".java", "");
    assertThat(compilation.sources())
        .containsKeys(name + "Network", name + "Stem", name + "Head")
        .hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void staysBelowTheMethodSizeThatHotSpotCompiles(Path spec) {
    Compilation compilation = Compilation.of(spec);
    List<String> generated = List.copyOf(compilation.sources().keySet());
    for (String name : generated) {
      var model = ClassFile.of().parse(compilation.classes().get(name));
      for (var method : model.methods()) {
        method
            .findAttribute(Attributes.code())
            .ifPresent(
                code ->
                    assertThat(code.codeLength())
                        .as(name + "." + method.methodName())
                        .isLessThan(LARGEST_METHOD));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void givesTheSameTextEveryTime(Path spec) {
    assertThat(Compilation.of(spec).sources()).isEqualTo(Compilation.of(spec).sources());
  }
}
