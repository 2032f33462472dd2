package dev.lanewise.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.parallel.WorkerPool;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientsTest {
  private static final int LENGTH = 3 * OptimizerPass.CHUNK + 321;
  private static final List<ParameterRange> RANGES =
      List.of(
          ParameterRange.of(3, 40),
          ParameterRange.of(77, OptimizerPass.CHUNK + 5),
          ParameterRange.of(2 * OptimizerPass.CHUNK + 1, LENGTH - 9));

  private static float[] random(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static boolean isWithin(int i) {
    return RANGES.stream().anyMatch(range -> i >= range.from() && i < range.to());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void areWhatPlainLoopsSay(int threads) {
    float[] values = random(1);
    float[] sum = random(2);
    float[] scaled = values.clone();
    float[] wantedSum = sum.clone();
    float[] wantedScaled = values.clone();
    double squares = 0;
    for (int i = 0; i < LENGTH; i++) {
      if (isWithin(i)) {
        squares += (double) values[i] * values[i];
        wantedSum[i] += values[i];
        wantedScaled[i] *= 0.3f;
      }
    }
    Gradients gradients = new Gradients();
    try (WorkerPool pool = new WorkerPool(threads)) {
      assertThat(gradients.norm(values, RANGES, pool)).isCloseTo(Math.sqrt(squares), within(1e-4));
      gradients.add(values, sum, RANGES, pool);
      gradients.scale(scaled, RANGES, 0.3, pool);
    }
    assertThat(sum).isEqualTo(wantedSum);
    assertThat(scaled).isEqualTo(wantedScaled);
  }

  @Test
  void normIsTheSameOnAnyNumberOfThreads() {
    float[] values = random(5);
    double one;
    try (WorkerPool pool = new WorkerPool(1)) {
      one = new Gradients().norm(values, RANGES, pool);
    }
    for (int threads : new int[] {2, 3, 16}) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        assertThat(new Gradients().norm(values, RANGES, pool)).isEqualTo(one);
      }
    }
  }
}
