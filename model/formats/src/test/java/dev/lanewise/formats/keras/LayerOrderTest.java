package dev.lanewise.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerOrderTest {
  @Test
  void sortsByDistanceFromTheOutputThenByTheWalk() {
    // A projection of one layer beside a path of three; the addition names the projection first.
    List<LayerInfo> layers =
        List.of(
            layer("input"),
            layer("conv1", "input"),
            layer("bn1", "conv1"),
            layer("conv2", "bn1"),
            layer("projection", "input"),
            layer("add", "projection", "conv2"),
            layer("dense", "add"));
    assertThat(LayerOrder.ofKeras(layers))
        .extracting(LayerInfo::name)
        .containsExactly("input", "conv1", "bn1", "projection", "conv2", "add", "dense");
  }

  private static LayerInfo layer(String name, String... inputs) {
    return new LayerInfo(name, "", new LayerConfig.Addition(), List.of(1), 0, 0, List.of(inputs));
  }
}
