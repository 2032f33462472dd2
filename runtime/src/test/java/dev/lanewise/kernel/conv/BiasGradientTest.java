package dev.lanewise.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.TaskSizes;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Values;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BiasGradientTest {
  private static final int PIXELS = TaskSizes.SUMMED_PIXELS;
  private static final int AT = 3;

  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void isTheSumOverAllPixels(int channels) {
    for (int pixels : new int[] {1, PIXELS - 1, PIXELS, PIXELS + 1, 5 * PIXELS + 7}) {
      Tensor dDst = Values.integers(random, new Shape(1, pixels, 1, channels));
      double[] wanted = ReferenceConv.backwardBias(ReferenceTensor.of(dDst));
      Values.assertEqual("sums over " + pixels, gradient(dDst, 2), wanted);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void hasTheSameBitsOnAnyNumberOfThreads(int channels) {
    Tensor dDst = Values.normal(random, new Shape(3, 20, 20, channels));
    float[] one = gradient(dDst, 1);
    for (int threads : new int[] {2, 3, 16}) {
      assertThat(gradient(dDst, threads)).isEqualTo(one);
    }
  }

  /** Writes behind values that must stay. */
  private static float[] gradient(Tensor dDst, int threads) {
    int channels = dDst.shape().c();
    float[] values = new float[AT + channels];
    Arrays.fill(values, Float.NaN);
    try (WorkerPool pool = new WorkerPool(threads)) {
      new BiasGradient(new Scratch(pool), channels).run(Operand.of(dDst), values, AT);
    }
    assertThat(Arrays.copyOf(values, AT)).containsOnly(Float.NaN);
    return Arrays.copyOfRange(values, AT, values.length);
  }
}
