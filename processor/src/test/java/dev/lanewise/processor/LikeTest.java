package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that take from another what they do not say: the same code as if they said it. */
class LikeTest {
  private static final String HEADER = "package net;\nimport dev.lanewise.spec.*;\n";
  private static final String MODEL =
      HEADER
          + """
          @Network(channels = 1, names = @Names(batchNorm = "{stage}{block}_{unit}_bn"))
          @Stem(
              conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME),
              pool = @Pool(value = Pool.Kind.MAX, name = "pool1", size = 2))
          @Stage(name = "2", block = Plain.class, filters = 8, repeat = 2)
          @Stage(name = "2", firstBlock = 'd', block = Plain.class, filters = 16, stride = 2)
          @Stage(name = "3", block = Plain.class, filters = 32, repeat = 3, stride = 2)
          @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg"), dense = "fc")
          public interface Model {}
          """;
  private static final String PLAIN =
      HEADER
          + """
          @Block(shortcut = Shortcut.NONE)
          @ConvBn(name = "a", kernel = 3, filtersAt = 0, padding = Padding.SAME, stride = -1)
          public interface Plain {}
          """;
  private static final String MIDDLE =
      HEADER
          + """
          @Network(like = Model.class, channels = 4)
          @Stage(name = "3", repeat = 5)
          @Tail(batchNorm = "post", activation = "relu")
          public interface Middle {}
          """;
  private static final String DERIVED =
      HEADER
          + """
          @Network(like = Middle.class, batchNorm = @BatchNorm(epsilon = 1e-5))
          @Stem(pool = @Pool(value = Pool.Kind.MAX, name = "maxpool", size = 3, stride = 2))
          @Stage(name = "3", filters = 64)
          @Stage(name = "2", firstBlock = 'd', repeat = 2)
          @Tail(batchNorm = "end")
          public interface Derived {}
          """;
  private static final String WHOLE =
      HEADER
          + """
          @Network(
              channels = 4,
              batchNorm = @BatchNorm(epsilon = 1e-5),
              names = @Names(batchNorm = "{stage}{block}_{unit}_bn"))
          @Stem(
              conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME),
              pool = @Pool(value = Pool.Kind.MAX, name = "maxpool", size = 3, stride = 2))
          @Stage(name = "2", block = Plain.class, filters = 8, repeat = 2)
          @Stage(name = "2", firstBlock = 'd', block = Plain.class, filters = 16, repeat = 2, stride = 2)
          @Stage(name = "3", block = Plain.class, filters = 64, repeat = 5, stride = 2)
          @Tail(batchNorm = "end", activation = "relu")
          @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg"), dense = "fc")
          public interface Derived {}
          """;

  private static Compilation compile(Map<String, String> sources, Path... classPath) {
    return Compilation.of(sources, List.of(classPath), new LanewiseProcessor());
  }

  private static Map<String, String> derivedOf(Compilation compilation) {
    assertThat(compilation.diagnostics()).isEmpty();
    Map<String, String> derived = new HashMap<>(compilation.sources());
    derived.keySet().removeIf(name -> !name.startsWith("net.Derived"));
    assertThat(derived).isNotEmpty();
    return derived;
  }

  @Test
  void takesWhatItDoesNotSayFromAChainOfNetworks() {
    Map<String, String> expected =
        derivedOf(compile(Map.of("Derived.java", WHOLE, "Plain.java", PLAIN)));
    Compilation compilation =
        compile(
            Map.of(
                "Derived.java", DERIVED,
                "Middle.java", MIDDLE,
                "Model.java", MODEL,
                "Plain.java", PLAIN));
    assertThat(derivedOf(compilation)).isEqualTo(expected);
  }

  @Test
  void takesFromNetworksOfTheClassPath(@TempDir Path folder) {
    compile(Map.of("Model.java", MODEL, "Middle.java", MIDDLE, "Plain.java", PLAIN))
        .writeClasses(folder);
    Map<String, String> expected =
        derivedOf(compile(Map.of("Derived.java", WHOLE, "Plain.java", PLAIN)));
    assertThat(derivedOf(compile(Map.of("Derived.java", DERIVED), folder))).isEqualTo(expected);
  }

  /** Arrays, and filters beside units, say no more than stages and units do. */
  @Test
  void takesArraysForStages(@TempDir Path folder) {
    String rows =
        HEADER
            + """
            @Network(channels = 4, names = @Names(batchNorm = "{stage}{block}_{unit}_bn"))
            @Stem(
                conv = @ConvBn(name = "conv1", kernel = 3, filters = 16, padding = Padding.SAME),
                pool = @Pool(value = Pool.Kind.MAX, name = "maxpool", size = 3, stride = 2))
            @EachStage(
                names = {"2", "3", "4"}, blocks = Plain.class, filters = {4, 8, 16}, strides = {2, 2, 2})
            @Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 4))
            @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg"), dense = "fc")
            public interface Rows {}
            """;
    String middle =
        HEADER
            + """
            @Network(like = Rows.class)
            @Stem(filters = 12)
            @Stage(name = "3", filters = 12)
            @EachStage(repeats = {2, 2, 2}, strides = {1, 2, 1})
            @Tail(filters = 8)
            public interface Middle {}
            """;
    String derived =
        HEADER
            + """
            @Network(like = Middle.class, batchNorm = @BatchNorm(epsilon = 1e-5))
            @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME))
            @EachStage(repeats = {2, 1, 5})
            @Tail(filters = 32)
            public interface Derived {}
            """;
    String whole =
        HEADER
            + """
            @Network(
                channels = 4,
                batchNorm = @BatchNorm(epsilon = 1e-5),
                names = @Names(batchNorm = "{stage}{block}_{unit}_bn"))
            @Stem(
                conv = @ConvBn(name = "conv1", kernel = 3, filters = 8, padding = Padding.SAME),
                pool = @Pool(value = Pool.Kind.MAX, name = "maxpool", size = 3, stride = 2))
            @Stage(name = "2", block = Plain.class, filters = 4, repeat = 2)
            @Stage(name = "3", block = Plain.class, filters = 12, stride = 2)
            @Stage(name = "4", block = Plain.class, filters = 16, repeat = 5)
            @Tail(conv = @ConvBn(name = "last", kernel = 1, filters = 32))
            @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "avg"), dense = "fc")
            public interface Derived {}
            """;
    Map<String, String> expected =
        derivedOf(compile(Map.of("Derived.java", whole, "Plain.java", PLAIN)));
    Map<String, String> models =
        Map.of("Rows.java", rows, "Middle.java", middle, "Plain.java", PLAIN);
    Map<String, String> all = new HashMap<>(models);
    all.put("Derived.java", derived);
    assertThat(derivedOf(compile(all))).isEqualTo(expected);
    compile(models).writeClasses(folder);
    assertThat(derivedOf(compile(Map.of("Derived.java", derived), folder))).isEqualTo(expected);
  }

  @Test
  void saysAtTheNetworkWhatDoesNotFitItsModelOfTheClassPath(@TempDir Path folder) {
    compile(Map.of("Model.java", MODEL, "Middle.java", MIDDLE, "Plain.java", PLAIN))
        .writeClasses(folder);
    String bad =
        HEADER
            + """
            @Network(like = Middle.class, names = @Names(batchNorm = "bn_{stage}{block}"))
            @Stage(name = "3", block = Two.class)
            public interface Derived {}

            @Block(shortcut = Shortcut.IDENTITY)
            @ConvBn(name = "a", kernel = 1, filtersAt = 0)
            interface Two {}
            """;
    Compilation compilation = compile(Map.of("Derived.java", bad), folder);
    assertThat(
            compilation.diagnostics().stream()
                .map(found -> found.getLineNumber() + ": " + found.getMessage(Locale.ROOT)))
        .containsExactlyInAnyOrder(
            "4: stride of stage '3': requires 1, as no unit of Two has stride = Stride.OF_BLOCK,"
                + " got 2 (taken from Model)");
    assertThat(compilation.sources()).isEmpty();
  }

  @Test
  void leavesAnUnknownModelToTheCompiler() {
    Compilation compilation = compile(Map.of("Derived.java", DERIVED));
    assertThat(compilation.success()).isFalse();
    assertThat(compilation.errors())
        .anyMatch(message -> message.contains("class Middle"))
        .noneMatch(message -> message.contains("Exception"));
  }
}
