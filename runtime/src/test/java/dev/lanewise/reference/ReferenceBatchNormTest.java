package dev.lanewise.reference;

import static dev.lanewise.testing.Differences.assertGradient;
import static dev.lanewise.testing.Differences.dot;
import static dev.lanewise.testing.Differences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.tensor.Shape;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class ReferenceBatchNormTest {
  private static final double EPSILON = 1e-3;

  private final Random random = new Random(3);
  private final Shape shape = new Shape(3, 2, 5, 3);
  private final ReferenceTensor src = new ReferenceTensor(normal(random, shape.size()), shape);
  private final ReferenceTensor dDst = new ReferenceTensor(normal(random, shape.size()), shape);
  private final double[] gamma = normal(random, 3);
  private final double[] beta = normal(random, 3);

  @Test
  void takesThePopulationVariance() {
    var four = ReferenceTensor.of(new Shape(2, 1, 2, 1), 1, 2, 3, 6);
    var result = ReferenceBatchNorm.forward(four, new double[] {2}, new double[] {1}, 0.5);
    assertThat(result.mean()).containsExactly(3);
    assertThat(result.variance()).containsExactly(3.5);
    assertThat(result.dst().data()).containsExactly(-1, 0, 1, 4);
  }

  @Test
  void constantInputBecomesBetaAndPassesNoGradient() {
    var constant = ReferenceTensor.zeros(shape);
    for (int i = 0; i < shape.size(); i++) {
      constant.data()[i] = 4;
    }
    var result = ReferenceBatchNorm.forward(constant, gamma, beta, EPSILON);
    assertThat(result.variance()).containsExactly(new double[3], within(1e-24));
    for (int i = 0; i < shape.size(); i++) {
      assertThat(result.dst().data()[i]).isCloseTo(beta[i % 3], within(1e-12));
    }
    var gradients = ReferenceBatchNorm.backward(constant, dDst, gamma, result, EPSILON);
    assertThat(gradients.dGamma()).containsExactly(new double[3], within(1e-9));
    double[] perChannel = ReferenceConv.backwardBias(gradients.dSrc());
    assertThat(perChannel).containsExactly(new double[3], within(1e-9));
  }

  @Test
  void oneValuePerChannelIsItsOwnMean() {
    var one = ReferenceTensor.of(new Shape(1, 1, 1, 3), 5, -7, 0);
    var result = ReferenceBatchNorm.forward(one, gamma, beta, EPSILON);
    assertThat(result.dst().data()).containsExactly(beta);
  }

  @Test
  void backwardIsTheDerivativeThroughTheStatistics() {
    DoubleSupplier loss =
        () -> dot(ReferenceBatchNorm.forward(src, gamma, beta, EPSILON).dst().data(), dDst.data());
    var result = ReferenceBatchNorm.forward(src, gamma, beta, EPSILON);
    var gradients = ReferenceBatchNorm.backward(src, dDst, gamma, result, EPSILON);
    assertGradient(loss, src.data(), gradients.dSrc().data());
    assertGradient(loss, gamma, gradients.dGamma());
    assertGradient(loss, beta, gradients.dBeta());
  }

  @Test
  void backwardFrozenIsTheDerivativeWithGivenStatistics() {
    double[] mean = {0.5, -1, 0};
    double[] variance = {0.25, 2, 1};
    DoubleSupplier loss =
        () ->
            dot(
                ReferenceBatchNorm.infer(src, gamma, beta, mean, variance, EPSILON).data(),
                dDst.data());
    var gradients = ReferenceBatchNorm.backwardFrozen(src, dDst, gamma, mean, variance, EPSILON);
    assertGradient(loss, src.data(), gradients.dSrc().data());
    assertGradient(loss, gamma, gradients.dGamma());
    assertGradient(loss, beta, gradients.dBeta());
  }

  @Test
  void momentumWeighsTheOldValue() {
    double[] moved = ReferenceBatchNorm.moved(new double[] {1, 2}, new double[] {3, 10}, 0.75);
    assertThat(moved).containsExactly(1.5, 4);
  }
}
