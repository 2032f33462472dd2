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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceActivationTest {
  private static final double EPSILON = 1e-3;

  private final Random random = new Random(4);
  private final Shape shape = new Shape(2, 3, 5, 3);
  private final ReferenceTensor dDst = new ReferenceTensor(normal(random, shape.size()), shape);

  /** Values on both sides of the kinks at -3, 0, 3 and 6, none within a step of one. */
  private ReferenceTensor values() {
    double[] values = normal(random, shape.size());
    for (int i = 0; i < values.length; i++) {
      double wide = 4 * values[i];
      boolean kink = IntStream.of(-3, 0, 3, 6).anyMatch(at -> Math.abs(wide - at) < 0.01);
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

  /** What PyTorch 2.13 computes in double. */
  @ParameterizedTest
  @CsvSource({
    "GELU, -3.5, -0.0008142017766243903, -0.0028217603536246205",
    "GELU, -1, -0.15865525393145702, -0.08331547058768635",
    "GELU, 0.25, 0.14967658142073093, 0.695373354883636",
    "GELU, 6, 5.999999994080474, 1.0000000354687093",
    "SIGMOID, -30, 9.357622968839299e-14, 9.357622968838423e-14",
    "SIGMOID, 2, 0.8807970779778823, 0.10499358540350662",
    "TANH, -1, -0.7615941559557649, 0.41997434161402614",
    "TANH, 6, 0.9999877116507956, 2.4576547405302974e-05",
    "HARD_SIGMOID, -1, 0.3333333333333333, 0.16666666666666666",
    "HARD_SIGMOID, 6, 1, 0",
    "HARD_SWISH, -3.5, 0, 0",
    "HARD_SWISH, -1, -0.3333333333333333, 0.16666666666666669",
    "HARD_SWISH, 2, 1.6666666666666667, 1.1666666666666665"
  })
  void agreesWithPyTorch(Activation activation, double x, double value, double derivative) {
    assertThat(ReferenceActivation.value(activation, x)).isCloseTo(value, within(1e-14));
    assertThat(ReferenceActivation.derivative(activation, x)).isCloseTo(derivative, within(1e-10));
  }

  /** The distribution at -10 and -20, of more digits than a double has. */
  @Test
  void geluKeepsItsPrecisionFarOut() {
    assertThat(ReferenceActivation.value(Activation.GELU, -10))
        .isCloseTo(-7.61985302416052607e-23, within(1e-36));
    assertThat(ReferenceActivation.value(Activation.GELU, -20))
        .isCloseTo(-20 * 2.75362411860623370e-89, within(1e-101));
    assertThat(ReferenceActivation.value(Activation.GELU, 40)).isEqualTo(40);
  }

  @Test
  void siluKeepsItsPrecisionFarOut() {
    assertThat(ReferenceActivation.value(Activation.SILU, 800)).isEqualTo(800);
    assertThat(ReferenceActivation.value(Activation.SILU, -800)).isZero();
    assertThat(ReferenceActivation.derivative(Activation.SILU, 800)).isCloseTo(1, within(1e-15));
    assertThat(ReferenceActivation.derivative(Activation.SILU, -800)).isZero();
  }
}
