package dev.lanewise.kernel.norm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Values;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapStatisticsTest {
  private static final int PIXELS = TaskSizes.SUMMED_PIXELS;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void findsMeanAndVariance(int channels) {
    for (int pixels : new int[] {1, PIXELS - 1, PIXELS, PIXELS + 1, 5 * PIXELS + 7}) {
      Tensor x = Values.normal(random, new Shape(1, 1, pixels, channels));
      // Means near one: their errors are then compared with something.
      IntStream.range(0, x.data().length).forEach(i -> x.data()[i]++);
      Normalization norm = statistics(x, 2);
      ReferenceBatchNorm.Result wanted = norm.reference(ReferenceTensor.of(x));
      Values.assertClose("mean of " + pixels, norm.means(), wanted.mean(), 2e-6);
      Values.assertClose("variance of " + pixels, norm.variance, wanted.variance(), 5e-6);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void hasTheSameBitsOnAnyNumberOfThreads(int channels) {
    Tensor x = Values.normal(random, new Shape(3, 20, 20, channels));
    Normalization one = statistics(x, 1);
    for (int threads : new int[] {2, 3, 16}) {
      Normalization several = statistics(x, threads);
      assertThat(several.means()).isEqualTo(one.means());
      assertThat(several.variance).isEqualTo(one.variance);
    }
  }

  private static Normalization statistics(Tensor x, int threads) {
    try (WorkerPool pool = new WorkerPool(threads)) {
      Normalization norm = new Normalization(x.shape().c(), new SplittableRandom(2));
      new MapStatistics(new Scratch(pool), norm.state).run(x);
      norm.finishStatistics();
      return norm;
    }
  }
}
