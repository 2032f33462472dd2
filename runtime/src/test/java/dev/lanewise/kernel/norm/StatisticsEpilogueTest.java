package dev.lanewise.kernel.norm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.kernel.Tiles;
import dev.lanewise.kernel.Weights;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Values;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StatisticsEpilogueTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void storesWithTheBiasAndKeepsStatistics(int channels) {
    Tensor product = Values.normal(random, new Shape(3, 9, 11, channels));
    float[] bias = Values.normal(random, channels + 2, 1);
    check(product, new Weights(new float[0], 0, bias, 2));
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void needsNoBias(int channels) {
    check(Values.normal(random, new Shape(1, 5, 7, channels)), null);
  }

  @ParameterizedTest
  @MethodSource("dev.lanewise.kernel.Tiles#channels")
  void keepsTheVarianceOfValuesFarFromZero(int channels) {
    Tensor product = Values.normal(random, new Shape(2, 10, 10, channels));
    for (int i = 0; i < product.data().length; i++) {
      product.data()[i] += 1000;
    }
    check(product, null);
  }

  private void check(Tensor product, Weights weights) {
    int channels = product.shape().c();
    Tensor y = Tensor.zeros(product.shape());
    Arrays.fill(y.data(), Float.NaN);
    Normalization norm = new Normalization(channels, random);
    Tiles.feed(new StatisticsEpilogue(norm.state), product, y, weights);
    norm.finishStatistics();

    float[] stored = product.toArray();
    for (int i = 0; weights != null && i < stored.length; i++) {
      stored[i] += weights.bias()[weights.biasAt() + i % channels];
    }
    assertThat(y.toArray()).isEqualTo(stored);
    ReferenceBatchNorm.Result wanted = norm.reference(ReferenceTensor.of(y));
    for (int c = 0; c < channels; c++) {
      double mean = wanted.mean()[c];
      assertThat((double) norm.state.mean(c)).isCloseTo(mean, within(2e-6 * (1 + Math.abs(mean))));
    }
    Values.assertClose("variance", norm.variance, wanted.variance(), 1e-5);
  }
}
