package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
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
                new LayerConfig.BatchNormalization(0.99, 1e-3),
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
    assertThat(SummaryTable.of("Net", layers).lines())
        .containsExactly(
            "Model: \"Net\"",
            "_".repeat(67),
            "Layer (type)              Output Shape        Param #  Connected to",
            "=".repeat(67),
            "input_1 (InputLayer)      (None, 64, 64, 3)   0",
            "conv1 (Conv2D)            (None, 32, 32, 64)  9472     input_1",
            "bn1 (BatchNormalization)  (None, 32, 32, 64)  256      conv1",
            "add_1 (Add)               (None, 32, 32, 64)  0        bn1",
            "                                                       conv1",
            "=".repeat(67),
            "Total params: 9,728",
            "Trainable params: 9,600",
            "Non-trainable params: 128");
  }
}
