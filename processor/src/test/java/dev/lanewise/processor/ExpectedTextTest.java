package dev.lanewise.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that is generated; {@code -Dlanewise.rewrite=true} writes it anew. */
class ExpectedTextTest {
  private static final boolean REWRITE = Boolean.getBoolean("lanewise.rewrite");
  private static final Map<String, String> GENERATED = new LinkedHashMap<>();

  @BeforeAll
  static void compile() {
    for (String spec :
        new String[] {
          "ResNet50",
          "ResNet20",
          "Plain",
          "Unusual",
          "Numbered",
          "PreActivated",
          "Activations",
          "Bare",
          "Pooled",
          "Heads",
          "HeadsOfMaps",
          "Positions",
          "Grouped",
          "GatedSums",
          "Growing"
        }) {
      GENERATED.putAll(Compilation.of(Compilation.resource("good", spec + ".java")).sources());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResNet50Network",
        "ResNet50Provider",
        "ResNet50Stem",
        "ResNet50Block2a",
        "ResNet50Block2b",
        "ResNet50Head",
        "ResNet20Stem",
        "ResNet20Block1a",
        "ResNet20Block2a",
        "ResNet20Head",
        "PlainStem",
        "PlainBlockAa",
        "PlainHead",
        "UnusualNetwork",
        "UnusualStem",
        "UnusualBlock3A",
        "UnusualHead",
        "NumberedNetwork",
        "NumberedBlock2_0",
        "PreActivatedNetwork",
        "PreActivatedStem",
        "PreActivatedBlock2_1",
        "PreActivatedBlock2_2",
        "PreActivatedBlock2_3",
        "PreActivatedBlock3_1",
        "PreActivatedTail",
        "ActivationsStem",
        "ActivationsBlock2a",
        "ActivationsBlock3a",
        "ActivationsTail",
        "BareStem",
        "BareBlock2a",
        "BareBlock3a",
        "BareBlock4a",
        "BareBlock5a",
        "BareBlock6a",
        "PooledBlock2b",
        "PooledBlock3b",
        "PooledBlock4a",
        "HeadsHead",
        "HeadsOfMapsHead",
        "PositionsNetwork",
        "PositionsBlock2_2",
        "PositionsStem",
        "GroupedNetwork",
        "GrowingNetwork",
        "GrowingBlockDense1_layer1",
        "GrowingBlockDense1_layer2",
        "GrowingBlockTransition_1",
        "GatedSumsBlock2_0",
        "GatedSumsBlock2_1",
        "GatedSumsBlock3_0",
        "GroupedStem",
        "GroupedBlockFeatures_1",
        "GroupedBlockFeatures_3",
        "GroupedBlockSplit_4",
        "GroupedTail"
      })
  void isAsReviewed(String name) throws IOException {
    String text = GENERATED.get("good." + name);
    assertThat(text).isNotNull();
    Path file = Compilation.resource("expected", name + ".java");
    if (REWRITE) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Compilation.read(file));
  }

  @Test
  void hasOneClassForAllBlocksOfAShape() {
    Set<String> blocks =
        GENERATED.keySet().stream()
            .filter(name -> name.startsWith("good.ResNet50Block"))
            .map(name -> name.substring("good.ResNet50Block".length()))
            .collect(Collectors.toSet());
    assertThat(blocks).containsExactlyInAnyOrder("2a", "2b", "3a", "3b", "4a", "4b", "5a", "5b");
  }
}
