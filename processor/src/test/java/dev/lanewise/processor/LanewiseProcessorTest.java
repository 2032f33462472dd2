package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the processor works with javac: rounds, class paths, several networks. */
class LanewiseProcessorTest {
  private static final String IMPORT = "import dev.lanewise.spec.*;\n";
  private static final String SERVICES = "META-INF/services/dev.lanewise.network.NetworkProvider";
  private static final String NETWORK =
      IMPORT
          + "@Network\n"
          + "@Stem(conv = @ConvBn(name = \"c\", kernel = 1, filters = 4))\n"
          + "@Stage(name = \"1\", block = lib.Plain.class)\n"
          + "@Head\n"
          + "interface Net {}\n";
  private static final String BLOCK =
      "package lib;\n"
          + IMPORT
          + "@Block(shortcut = Shortcut.IDENTITY)\n"
          + "@ConvBn(name = \"a\", kernel = 3, filters = 4, padding = Padding.SAME)\n"
          + "public interface Plain {}\n";

  @Test
  void takesSeveralNetworksInOneCompilation() {
    Path first = Compilation.resource("good", "ResNet20.java");
    Path second = Compilation.resource("good", "EvenKernels.java");
    Compilation both = Compilation.of(first, second);
    assertThat(both.diagnostics()).isEmpty();
    Map<String, String> sources = both.sources();
    assertThat(sources).containsKeys("good.ResNet20Network", "good.EvenKernelsNetwork");
    assertThat(both.resources())
        .containsExactly(Map.entry(SERVICES, "good.EvenKernelsProvider\ngood.ResNet20Provider\n"));
    assertThat(sources).containsAllEntriesOf(Compilation.of(first).sources());
    assertThat(sources).containsAllEntriesOf(Compilation.of(second).sources());
  }

  @Test
  void generatesIntoTheUnnamedPackageAndReadsBlocksOfOthers() {
    Compilation compilation =
        Compilation.of(
            Map.of("Net.java", NETWORK, "Plain.java", BLOCK), List.of(), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.sources())
        .containsOnlyKeys("NetNetwork", "NetStem", "NetBlock1a", "NetHead", "NetProvider");
    assertThat(compilation.resources()).containsExactly(Map.entry(SERVICES, "NetProvider\n"));
    assertThat(compilation.sources().get("NetBlock1a")).contains("import lib.Plain;");
  }

  @Test
  void readsBlocksFromTheClassPath(@TempDir Path folder) {
    Compilation.of(Map.of("Plain.java", BLOCK), List.of(), new LanewiseProcessor())
        .writeClasses(folder);
    Compilation compilation =
        Compilation.of(Map.of("Net.java", NETWORK), List.of(folder), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.sources()).containsKey("NetBlock1a");
  }

  @Test
  void reportsAtTheStageWhatIsWrongWithABlockFromTheClassPath(@TempDir Path folder) {
    String valid = BLOCK.replace(", padding = Padding.SAME", "");
    Compilation.of(Map.of("Plain.java", valid), List.of(), new LanewiseProcessor())
        .writeClasses(folder);
    Compilation compilation =
        Compilation.of(Map.of("Net.java", NETWORK), List.of(folder), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).hasSize(1);
    var found = compilation.diagnostics().get(0);
    assertThat(found.getLineNumber()).isEqualTo(4);
    assertThat(found.getMessage(null))
        .startsWith("map of unit 'a' of Plain: requires as many rows from the units as");
  }

  @Test
  void waitsForABlockThatAnotherProcessorMakes() {
    Compilation compilation =
        Compilation.of(
            Map.of("Net.java", NETWORK), List.of(), new MakesPlain(), new LanewiseProcessor());
    assertThat(compilation.diagnostics()).isEmpty();
    assertThat(compilation.classes()).containsKeys("NetNetwork", "NetBlock1a");
  }

  @Test
  void leavesAnUnknownBlockToTheCompilerAndFindsTheOtherMistakes() {
    String bad = NETWORK.replace("kernel = 1", "kernel = 0");
    Compilation compilation =
        Compilation.of(Map.of("Net.java", bad), List.of(), new LanewiseProcessor());
    assertThat(compilation.success()).isFalse();
    assertThat(compilation.errors())
        .contains("kernel of unit 'c': requires a positive number, got 0")
        .anyMatch(message -> message.contains("lib"));
    assertThat(compilation.sources()).isEmpty();
  }

  @Test
  void survivesValuesOfTheWrongType() {
    String bad = NETWORK.replace("kernel = 1", "kernel = \"1\", stride = missing");
    Compilation compilation =
        Compilation.of(
            Map.of("Net.java", bad, "Plain.java", BLOCK), List.of(), new LanewiseProcessor());
    assertThat(compilation.success()).isFalse();
    assertThat(compilation.errors()).isNotEmpty().noneMatch(text -> text.contains("Exception"));
  }

  @Test
  void saysWhatItIsToGradle() throws IOException {
    String file = "/META-INF/gradle/incremental.annotation.processors";
    try (var in = LanewiseProcessor.class.getResourceAsStream(file)) {
      assertThat(in)
          .asString(StandardCharsets.UTF_8)
          .isEqualToIgnoringNewLines(LanewiseProcessor.class.getName() + ",aggregating");
    }
  }

  /** Generates {@code lib.Plain} in the first round. */
  @SupportedAnnotationTypes("*")
  private static final class MakesPlain extends AbstractProcessor {
    private boolean done;

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!done) {
        done = true;
        try (var writer = processingEnv.getFiler().createSourceFile("lib.Plain").openWriter()) {
          writer.write(BLOCK);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
