package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/specs.md says of attempts to say what the language has no words for. */
class UnsayableTest {
  private static final String SPEC =
      """
      import static dev.lanewise.spec.Activation.RELU;
      import static dev.lanewise.spec.Padding.SAME;
      import static dev.lanewise.spec.Pool.Kind.GLOBAL_AVERAGE;
      import static dev.lanewise.spec.Shortcut.*;
      import static dev.lanewise.spec.Stride.OF_BLOCK;

      import dev.lanewise.spec.*;

      @Network(names = @Names(conv = "c{stage}_{number}_{unit}", batchNorm = "b{stage}_{number}_{unit}"))
      @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 16, padding = SAME))
      @Stage(name = "2", block = Basic.class, filters = 16, repeat = 3)
      @Stage(name = "3", block = Basic.class, filters = 32, stride = 2)
      @Head(pool = @Pool(value = GLOBAL_AVERAGE, name = "avg_pool"), dense = "fc")
      public interface Small {}

      @Block(
          shortcut = PROJECTION_IF_SHAPE_CHANGES,
          projection = @ConvBn(name = "0", kernel = 1, filtersAt = 0, stride = OF_BLOCK))
      @ConvBn(name = "1", kernel = 3, filtersAt = 0, stride = OF_BLOCK, padding = SAME)
      @ConvBn(name = "2", kernel = 3, filtersAt = 0, padding = SAME)
      interface Basic {}
      """;

  private static List<String> errors(String spec) {
    return Compilation.of(Map.of("Small.java", spec), List.of(), new LanewiseProcessor()).errors();
  }

  @Test
  void startsFromASpecWithoutMistakes() {
    assertThat(errors(SPEC)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name = "1",        | name = "1", transposed = true,                | cannot find symbol
          @Block(            | @Block(batchNorm = @BatchNorm,                | cannot find symbol
          name = "2", kernel | name = "2", activation = RELU, kernel \
            | requires NONE, as the block's activation follows the addition
          name = "0",        | name = "0", activation = RELU, \
            | requires NONE, as the block's activation follows the addition
          PROJECTION_IF_SHAPE_CHANGES | CONCATENATION \
            | requires preActivation with Shortcut.CONCATENATION
          @ConvBn(name = "2" | @Pool(GLOBAL_AVERAGE) @ConvBn(name = "2" \
            | annotation interface not applicable to this kind of declaration
          name = "1",        | name = "1", dropout = 0.5,                    | cannot find symbol
          @Head(             | @Head @Head(       | Head is not a repeatable annotation interface
          @Stem(             | @Stem @Stem(       | Stem is not a repeatable annotation interface
          stride = 2         | stride = {2, 1}    | annotation value not of an allowable type
          repeat = 3         | repeat = 1001      | requires at most 1000
          """)
  void saysWhatTheDocumentSays(String from, String to, String message) {
    assertThat(SPEC).contains(from);
    assertThat(errors(SPEC.replace(from, to))).anyMatch(error -> error.contains(message));
    assertThat(Compilation.read(Path.of("..", "docs", "specs.md"))).contains(message);
  }
}
