package dev.lanewise.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientFlowTest {
  private static LayerInfo layer(String name, int trainable, String... inputs) {
    return new LayerInfo(
        name, "", new LayerConfig.Addition(), List.of(1), trainable, 0, List.of(inputs));
  }

  /** input - a - b - join - d, with c beside a and b. */
  private static List<LayerInfo> network(int a, int b, int c, int d) {
    return List.of(
        layer("input", 0),
        layer("a", a, "input"),
        layer("b", b, "a"),
        layer("c", c, "input"),
        layer("join", 0, "b", "c"),
        layer("d", d, "join"));
  }

  @Test
  void goesDownToTheLowestLayerThatTrains() {
    assertThat(GradientFlow.inputTrained(network(1, 1, 1, 1)))
        .containsExactlyInAnyOrder("b", "join", "d");
    assertThat(GradientFlow.inputTrained(network(0, 1, 0, 1)))
        .containsExactlyInAnyOrder("join", "d");
    assertThat(GradientFlow.inputTrained(network(0, 0, 0, 1))).isEmpty();
  }

  @Test
  void passesFrozenLayersOnTheWay() {
    assertThat(GradientFlow.inputTrained(network(1, 0, 0, 0)))
        .containsExactlyInAnyOrder("b", "join", "d");
    assertThat(GradientFlow.inputTrained(network(0, 0, 1, 0)))
        .containsExactlyInAnyOrder("join", "d");
  }
}
