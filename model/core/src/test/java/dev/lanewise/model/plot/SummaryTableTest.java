package dev.lanewise.model.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
  @Test
  void tableHasColumnsTotalsAndARowPerInput() {
    List<LayerInfo> layers =
        List.of(
            new LayerInfo(
                "input_1", "", new LayerConfig.Input(), List.of(64, 64, 3), 0, 0, List.of()),
            new LayerInfo(
                "conv1",
                "stem",
                new LayerConfig.Convolution(Window.same(7, 7, 2, 2), 64, true),
                List.of(32, 32, 64),
                9472,
                0,
                List.of("input_1")),
            new LayerInfo(
                "bn1",
                "stem",
                new LayerConfig.BatchNormalization(0.99, 1e-3, BatchNorm.Mode.BY_PHASE),
                List.of(32, 32, 64),
                128,
                128,
                List.of("conv1")),
            new LayerInfo(
                "add_1",
                "2a",
                new LayerConfig.Addition(),
                List.of(32, 32, 64),
                0,
                0,
                List.of("bn1", "conv1")));
    assertThat(SummaryTable.of("Net", layers, Integer.MAX_VALUE).lines())
        .containsExactly(
            "Model: \"Net\"",
            "_".repeat(85),
            "Layer (type)              Output Shape        Param #  FLOPs   Memory    Connected to",
            "=".repeat(85),
            "input_1 (InputLayer)      (None, 64, 64, 3)   0        0       48.0 KiB",
            "conv1 (Conv2D)            (None, 32, 32, 64)  9472     19.3 M  256 KiB   input_1",
            "bn1 (BatchNormalization)  (None, 32, 32, 64)  256      131 k   256 KiB   conv1",
            "add_1 (Add)               (None, 32, 32, 64)  0        65.5 k  256 KiB   bn1",
            "                                                                         conv1",
            "=".repeat(85),
            "Total params: 9,728",
            "Trainable params: 9,600",
            "Non-trainable params: 128",
            "FLOPs per image: 19,529,728 (19.5 M; a multiply-add counts as 2)",
            "Activation memory per image: 816 KiB (float32, all outputs as listed)");
  }

  @Test
  void resNet50sTableFitsAWideTerminal() {
    assertThat(SummaryTable.of("ResNet50", Graphs.resNet50(224, 1000), Integer.MAX_VALUE).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(130));
  }

  @Test
  void narrowTerminalGetsTheFirstColumns() {
    List<LayerInfo> layers = Graphs.resNet50(64, 6);
    List<String> wide = SummaryTable.of("Net", layers, 100).lines().toList();
    List<String> narrow = SummaryTable.of("Net", layers, 80).lines().toList();
    assertThat(narrow).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    assertThat(narrow)
        .contains("(" + wide.get(1).length() + " columns would also show: Memory, Connected to)")
        .anyMatch(line -> line.endsWith("Param #  FLOPs"))
        .contains(wide.getLast());
    assertThat(wide).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(wide).noneMatch(line -> line.contains("would also show"));
  }

  @Test
  void trainingMemoryNamesTheBatch() {
    assertThat(SummaryTable.trainingMemory(1, 1 << 20))
        .isEqualTo("Planned for training on 1 image: 1.00 MiB (activations, gradients; overlaid)");
  }
}
