package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README shows the spec that is compiled, and the code that is generated. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final String CUT = "...";
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");

  /** A link to a source file, with the file's class as its text. */
  private static final Pattern SOURCE = Pattern.compile("\\[`(\\w+)`]\\(([\\w/]+/\\1\\.java)\\)");

  private static final Pattern MISTAKE =
      Pattern.compile(
          "(?s) {4}ResNet50\\.java:\\d+: error: (.*?)\n {4}(@Stage[^\n]*)\n {4}( *\\^)");

  private final String readme = Compilation.read(ROOT.resolve("README.md"));

  @Test
  void specIsThatOfTheNetwork() {
    StringBuilder sources = new StringBuilder();
    Matcher link = SOURCE.matcher(readme);
    while (link.find()) {
      sources.append(withoutBlanks(Compilation.read(ROOT.resolve(link.group(2)))));
    }
    assertThat(sources).isNotEmpty();
    for (String declaration : snippet("public interface ResNet50").split("\n\n")) {
      assertThat(sources).contains(withoutBlanks(declaration));
    }
  }

  @Test
  void codeIsWhatTheProcessorWrites() {
    String shown = snippet("void forward()");
    String expected = Compilation.read(Compilation.resource("expected", "ResNet50Block2b.java"));
    List<String> lines = expected.lines().map(String::strip).toList();
    int from = 0;
    for (List<String> piece : pieces(shown)) {
      int at = indexOf(lines, piece, from);
      assertThat(at)
          .as("place in ResNet50Block2b of:\n" + String.join("\n", piece))
          .isNotNegative();
      from = at + piece.size();
    }
  }

  /** The message of javac that README shows, with the line and the place that it points at. */
  @Test
  void mistakeIsToldAsShown() {
    Matcher shown = MISTAKE.matcher(readme);
    assertThat(shown.find()).isTrue();
    String source =
        """
        import dev.lanewise.spec.*;
        @Network
        @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 256))
        %s
        @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
        interface ResNet50 {}
        @Block(shortcut = Shortcut.IDENTITY)
        @ConvBn(name = "2a", kernel = 1, filtersAt = 0)
        @ConvBn(name = "2b", kernel = 3, filtersAt = 1, padding = Padding.SAME)
        @ConvBn(name = "2c", kernel = 1, filtersAt = 2)
        interface Identity {}
        """
            .formatted(shown.group(2));
    Compilation compilation =
        Compilation.of(Map.of("ResNet50.java", source), List.of(), new LanewiseProcessor());
    assertThat(compilation.errors()).containsExactly(shown.group(1).replaceAll("\\s+", " "));
    assertThat(compilation.diagnostics().get(0).getColumnNumber())
        .isEqualTo(shown.group(3).length());
  }

  /** Returns the lines between those that say that something is left out. */
  private static List<List<String>> pieces(String shown) {
    List<List<String>> pieces = new ArrayList<>();
    for (String piece : shown.split("(?m)^ *" + Pattern.quote(CUT) + "\n")) {
      pieces.add(Arrays.stream(piece.strip().split("\n")).map(String::strip).toList());
    }
    return pieces;
  }

  private static int indexOf(List<String> lines, List<String> piece, int from) {
    for (int at = from; at + piece.size() <= lines.size(); at++) {
      if (lines.subList(at, at + piece.size()).equals(piece)) {
        return at;
      }
    }
    return -1;
  }

  /** Returns the README's Java code that has some text. */
  private String snippet(String text) {
    return SNIPPET
        .matcher(readme)
        .results()
        .map(found -> found.group(1))
        .filter(code -> code.contains(text))
        .findFirst()
        .orElseThrow();
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }
}
