package dev.lanewise.reference;

import static dev.lanewise.testing.Differences.assertGradient;
import static dev.lanewise.testing.Differences.dot;
import static dev.lanewise.testing.Differences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Shape;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceActivationTest {
  private static final double EPSILON = 1e-3;

  private final Random random = new Random(4);
  private final Shape shape = new Shape(2, 3, 5, 3);
  private final ReferenceTensor dDst = new ReferenceTensor(normal(random, shape.size()), shape);

  /** Values on both sides of the kinks at 0 and 6, none within a step of one. */
  private ReferenceTensor values() {
    double[] values = normal(random, shape.size());
    for (int i = 0; i < values.length; i++) {
      double wide = 4 * values[i];
      boolean kink = Math.abs(wide) < 0.01 || Math.abs(wide - 6) < 0.01;
      values[i] = kink ? 0.5 : wide;
    }
    return new ReferenceTensor(values, shape);
  }

  @ParameterizedTest
  @EnumSource
  void backwardIsTheDerivative(Activation activation) {
    ReferenceTensor src = values();
    DoubleSupplier loss =
        () -> dot(ReferenceActivation.forward(activation, src).data(), dDst.data());
    assertGradient(loss, src.data(), ReferenceActivation.backward(activation, src, dDst).data());
  }

  /** A join: the sum of a normalised branch and of the shortcut, activated. */
  @ParameterizedTest
  @EnumSource
  void backwardGoesThroughAJoin(Activation activation) {
    ReferenceTensor branch = new ReferenceTensor(normal(random, shape.size()), shape);
    ReferenceTensor shortcut = values();
    double[] gamma = {0.7, -1.2, 2};
    double[] beta = {0.1, 0.2, -0.3};
    DoubleSupplier loss =
        () -> {
          ReferenceTensor normalised =
              ReferenceBatchNorm.forward(branch, gamma, beta, EPSILON).dst();
          return dot(
              ReferenceActivation.forward(activation, sum(normalised, shortcut)).data(),
              dDst.data());
        };
    var result = ReferenceBatchNorm.forward(branch, gamma, beta, EPSILON);
    ReferenceTensor dSum =
        ReferenceActivation.backward(activation, sum(result.dst(), shortcut), dDst);
    var gradients = ReferenceBatchNorm.backward(branch, dSum, gamma, result, EPSILON);
    assertGradient(loss, shortcut.data(), dSum.data());
    assertGradient(loss, branch.data(), gradients.dSrc().data());
    assertGradient(loss, gamma, gradients.dGamma());
    assertGradient(loss, beta, gradients.dBeta());
  }

  private static ReferenceTensor sum(ReferenceTensor a, ReferenceTensor b) {
    ReferenceTensor sum = ReferenceTensor.zeros(a.shape());
    for (int i = 0; i < sum.data().length; i++) {
      sum.data()[i] = a.data()[i] + b.data()[i];
    }
    return sum;
  }

  @Test
  void siluKeepsItsPrecisionFarOut() {
    assertThat(ReferenceActivation.value(Activation.SILU, 800)).isEqualTo(800);
    assertThat(ReferenceActivation.value(Activation.SILU, -800)).isZero();
    assertThat(ReferenceActivation.derivative(Activation.SILU, 800)).isCloseTo(1, within(1e-15));
    assertThat(ReferenceActivation.derivative(Activation.SILU, -800)).isZero();
  }
}
