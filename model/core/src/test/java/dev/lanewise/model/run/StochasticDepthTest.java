package dev.lanewise.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.Networks;
import dev.lanewise.model.error.ModelException;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import org.junit.jupiter.api.Test;

/** Which branches a training drops. */
class StochasticDepthTest {
  private static final int BRANCHES = 4;
  private static final int DRAWS = 20_000;

  private static Network preActivated(WorkerPool pool) {
    return Networks.entry("kerasresnet50v2")
        .factory()
        .create(new NetworkOptions(32, 32, 2, 1, null, pool));
  }

  @Test
  void dropsDeeperBranchesMoreOftenAndMakesUpForIt() {
    try (WorkerPool pool = new WorkerPool(1)) {
      StochasticDepth depth = new StochasticDepth(0.4, 5, preActivated(pool));
      double[] gains = new double[BRANCHES];
      double[] sums = new double[BRANCHES];
      int[] dropped = new int[BRANCHES];
      for (int batch = 0; batch < DRAWS; batch++) {
        depth.draw(gains, batch % 7, batch);
        for (int i = 0; i < BRANCHES; i++) {
          sums[i] += gains[i];
          dropped[i] += gains[i] == 0 ? 1 : 0;
        }
      }
      for (int i = 0; i < BRANCHES; i++) {
        assertThat(dropped[i] / (double) DRAWS).isCloseTo(0.1 * (i + 1), within(0.015));
        assertThat(sums[i] / DRAWS).isCloseTo(1, within(0.03));
      }
    }
  }

  @Test
  void drawsTheSameForASeedAnEpochAndABatch() {
    try (WorkerPool pool = new WorkerPool(1)) {
      double[] first = new double[BRANCHES];
      double[] again = new double[BRANCHES];
      StochasticDepth depth = new StochasticDepth(0.5, 5, preActivated(pool));
      depth.draw(first, 2, 3);
      depth.draw(again, 2, 4);
      new StochasticDepth(0.5, 5, preActivated(pool)).draw(again, 2, 3);
      assertThat(again).isEqualTo(first);
    }
  }

  @Test
  void refusesANetworkWithoutSuchBranches() {
    try (WorkerPool pool = new WorkerPool(1)) {
      Network network = preActivated(pool);
      assertThatThrownBy(
              () -> new StochasticDepth(0.5, 5, network).apply(network.trainingPass(1), 0, 0))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("stochastic depth requires blocks")
          .hasMessageContaining(network.name());
    }
  }
}
