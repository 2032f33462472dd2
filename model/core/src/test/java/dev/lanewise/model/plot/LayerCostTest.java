package dev.lanewise.model.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.network.LayerConfig;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm;
import dev.lanewise.spec.Pool;
import dev.lanewise.tensor.Window;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerCostTest {
  @Test
  void everyKindOfLayer() {
    Map<String, LayerCost> costs =
        LayerCost.of(
            List.of(
                layer("input", new LayerConfig.Input(), List.of(5, 7, 3)),
                layer("pad", new LayerConfig.ZeroPadding(1, 0, 1, 0), List.of(6, 8, 3), "input"),
                layer("conv", conv(true), List.of(3, 4, 10), "pad"),
                layer("free", conv(false), List.of(3, 4, 10), "pad"),
                layer(
                    "bn",
                    new LayerConfig.BatchNormalization(0.9, 1e-3, BatchNorm.Mode.BY_PHASE),
                    List.of(3, 4, 10),
                    "conv"),
                layer("relu", new LayerConfig.Activated(Activation.RELU), List.of(3, 4, 10), "bn"),
                layer("silu", new LayerConfig.Activated(Activation.SILU), List.of(3, 4, 10), "bn"),
                layer("add", new LayerConfig.Addition(), List.of(3, 4, 10), "relu", "free"),
                layer("max", pool(Pool.Kind.MAX), List.of(1, 2, 10), "add"),
                layer(
                    "mean",
                    new LayerConfig.Pooling(Pool.Kind.GLOBAL_AVERAGE, null),
                    List.of(10),
                    "add"),
                layer("flat", new LayerConfig.Flattening(), List.of(20), "max"),
                layer("fc", new LayerConfig.Classification(4), List.of(4), "flat")));
    assertThat(costs.get("input")).isEqualTo(new LayerCost(0, 4 * 5 * 7 * 3));
    assertThat(costs.get("pad")).isEqualTo(new LayerCost(0, 4 * 6 * 8 * 3));
    assertThat(costs.get("conv"))
        .isEqualTo(new LayerCost(3 * 4 * 10 * (2 * 2 * 3 * 3 + 1), 4 * 3 * 4 * 10));
    assertThat(costs.get("free").flops()).isEqualTo(3 * 4 * 10 * 2 * 2 * 3 * 3);
    assertThat(costs.get("bn").flops()).isEqualTo(2 * 120);
    assertThat(costs.get("relu").flops()).isEqualTo(120);
    assertThat(costs.get("silu").flops()).isEqualTo(4 * 120);
    assertThat(costs.get("add").flops()).isEqualTo(120);
    assertThat(costs.get("max")).isEqualTo(new LayerCost(20 * 3 * 2, 4 * 20));
    assertThat(costs.get("mean")).isEqualTo(new LayerCost(120, 4 * 10));
    assertThat(costs.get("flat")).isEqualTo(new LayerCost(0, 4 * 20));
    assertThat(costs.get("fc")).isEqualTo(new LayerCost(4 * (2 * 20 + 1 + 3), 4 * 4));
  }

  /** He et al. count 3.8 billion multiply-adds for the convolutions and the dense layer. */
  @Test
  void resNet50HasThePapersMultiplyAdds() {
    List<LayerInfo> layers = Graphs.resNet50(224, 1000);
    Map<String, LayerCost> costs = LayerCost.of(layers);
    long flops =
        layers.stream()
            .filter(layer -> layer.config() instanceof LayerConfig.Convolution)
            .mapToLong(layer -> costs.get(layer.name()).flops())
            .sum();
    assertThat(flops / 2e9).isBetween(3.7, 3.9);
  }

  @Test
  void layerMustFollowWhatItReads() {
    List<LayerInfo> layers = List.of(layer("conv", conv(true), List.of(1, 1, 10), "later"));
    assertThatThrownBy(() -> LayerCost.of(layers))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer conv reads later, which is not listed before it");
  }

  private static LayerConfig conv(boolean bias) {
    return new LayerConfig.Convolution(Window.valid(2, 3, 2, 2), 10, bias);
  }

  private static LayerConfig pool(Pool.Kind kind) {
    return new LayerConfig.Pooling(kind, Window.valid(3, 2, 2, 2));
  }

  private static LayerInfo layer(
      String name, LayerConfig config, List<Integer> shape, String... inputs) {
    return new LayerInfo(name, "", config, shape, 0, 0, List.of(inputs));
  }
}
