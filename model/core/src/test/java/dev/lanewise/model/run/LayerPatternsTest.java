package dev.lanewise.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.TinyNetwork;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.train.KernelInitializers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerPatternsTest {
  private static final WorkerPool POOL = new WorkerPool(1);
  private static final Network NETWORK =
      new TinyNetwork(new NetworkOptions(12, 12, 3, 0, KernelInitializers.zeros(), POOL));

  @AfterAll
  static void close() {
    POOL.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "conv1;conv1",
        "*conv*;conv1,bn_conv1",
        "res2a*;res2a_branch2a,res2a_branch2b,res2a_branch1",
        "res[3-9]?_branch2?;res3a_branch2a,res3a_branch2b",
        "res2[!a]_branch2[ab];res2b_branch2a,res2b_branch2b",
        "fc3;fc3",
        "[c]onv1,fc?;conv1,fc3",
        "bn*,!bn[23]*;bn_conv1",
        "*,!*_*;conv1,fc3",
        "res2b*,!res2b*,res2b_branch2a;res2b_branch2a",
      })
  void chooseLayers(String patterns, String wanted) {
    assertThat(LayerPatterns.choose(NETWORK, List.of(patterns.split(","))))
        .containsExactlyInAnyOrder(wanted.split(","));
  }

  @Test
  void thatFitNothingAreNamedWithSomeLayers() {
    for (String pattern : List.of("res5*", "activation_1", "conv", "conv1 ", "Conv1", "(conv1)")) {
      assertThatThrownBy(() -> LayerPatterns.choose(NETWORK, List.of("conv1", pattern)))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(
              "no layer with parameters is named '"
                  + pattern
                  + "'; there are conv1, bn_conv1, res2a_branch2a, ")
          .hasMessageEndingWith(", ..., fc3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "!", "res[", "res[]", "res[9-1]*", "conv1,fc3", "[!]"})
  void thatAreNoneAreRefused(String pattern) {
    assertThatThrownBy(() -> LayerPatterns.choose(NETWORK, List.of(pattern)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(
            "is no pattern of layer names; requires a name in which * stands for");
  }
}
