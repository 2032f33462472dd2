package dev.lanewise.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.spec.Activation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each activation's curve over its floor, as the kernels put them together. */
class PointwiseTest {
  /** A prime: bits of floats so far apart reach every exponent and all kinds of fractions. */
  private static final int STEP = 5003;

  private static final float[] SPECIAL = {
    0,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Math.nextDown(6f),
    6,
    Math.nextUp(6f),
    -3,
    Math.nextUp(-3f),
    Math.nextDown(3f),
    3,
    Math.nextDown(0.625f),
    0.625f,
    -13,
    -12.9f,
    -86.99f,
    -87,
    -87.01f,
    -88.8f,
    -104,
    87,
    88.8f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  /** Applies the function as a kernel does. */
  private static void forward(Pointwise function, float[] values, int at, int count) {
    for (int i = at; i < at + count; i++) {
      values[i] = function.clamp(values[i]);
    }
    function.forward(values, at, count);
  }

  private static float derivative(Pointwise function, float z) {
    float[] gradient = {function.passes(z) ? 1 : 0};
    function.backward(gradient, 0, new float[] {z}, 0, 1);
    return gradient[0];
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void isNearTheReferenceForAllFloats(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    float[] values = new float[4 * 64];
    float[] gradients = new float[values.length];
    for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; ) {
      int count = 0;
      for (; count < values.length && bits <= Integer.MAX_VALUE; bits += STEP) {
        float z = Float.intBitsToFloat((int) bits);
        if (Float.isFinite(z) && z > Float.NEGATIVE_INFINITY) {
          values[count++] = z;
        }
      }
      compare(activation, function, values, gradients, count);
    }
  }

  private static void compare(
      Activation activation, Pointwise function, float[] values, float[] gradients, int count) {
    // Three units of the last place, and five of the product of three that GELU is.
    double bound = activation == Activation.GELU ? 6e-7 : 4e-7;
    float[] z = values.clone();
    for (int i = 0; i < count; i++) {
      gradients[i] = function.passes(z[i]) ? 1 : 0;
    }
    function.backward(gradients, 0, z, 0, count);
    forward(function, values, 0, count);
    for (int i = 0; i < count; i++) {
      double wanted = ReferenceActivation.value(activation, z[i]);
      if (!(Math.abs(values[i] - wanted) <= bound * Math.abs(wanted) + 2e-36)) {
        assertThat(values[i]).as("%s of %s", activation, z[i]).isEqualTo((float) wanted);
      }
      // The derivative of a product is a sum, whose parts may cancel.
      double derivative = ReferenceActivation.derivative(activation, z[i]);
      double parts = z[i] == 0 ? 1 : Math.abs(wanted / z[i]) + Math.abs(derivative);
      if (!(Math.abs(gradients[i] - derivative) <= bound * parts + 2e-36)) {
        assertThat(gradients[i])
            .as("derivative of %s at %s", activation, z[i])
            .isEqualTo((float) derivative);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void hasTheSameBitsInVectorsAndAlone(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    SplittableRandom random = new SplittableRandom(3);
    float[] z = Arrays.copyOf(SPECIAL, 1000);
    for (int i = SPECIAL.length; i < z.length; i++) {
      z[i] = (float) (random.nextGaussian() * 10);
    }
    float[] gradients = new float[z.length];
    for (int i = 0; i < z.length; i++) {
      gradients[i] = (float) random.nextGaussian();
    }
    float[] alone = z.clone();
    float[] gradientsAlone = gradients.clone();
    for (int i = 0; i < z.length; i++) {
      forward(function, alone, i, 1);
      function.backward(gradientsAlone, i, z, i, 1);
    }
    for (int at = 0; at < 3; at++) {
      float[] together = z.clone();
      float[] gradientsTogether = gradients.clone();
      forward(function, together, at, z.length - at);
      function.backward(gradientsTogether, at, z, at, z.length - at);
      forward(function, together, 0, at);
      function.backward(gradientsTogether, 0, z, 0, at);
      assertThat(together).isEqualTo(alone);
      assertThat(gradientsTogether).isEqualTo(gradientsAlone);
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void keepsToItsRange(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    float[] values = new float[100];
    Arrays.fill(values, Float.NaN);
    values[40] = -3;
    values[60] = 9;
    float[] gradients = values.clone();
    function.forward(values, 41, 10);
    function.backward(gradients, 41, values, 41, 10);
    assertThat(values[40]).isEqualTo(-3);
    assertThat(values[60]).isEqualTo(9);
    assertThat(gradients[40]).isEqualTo(-3);
    assertThat(gradients[60]).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void resultTellsTheDerivativeWhereItSaysSo(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    boolean same = true;
    for (float z = -20; z < 20; z += 0.03125f) {
      float[] result = {z};
      forward(function, result, 0, 1);
      same &= derivative(function, z) == derivative(function, result[0]);
    }
    assertThat(same).isEqualTo(function.resultTellsDerivative());
  }

  /** NaN stays, infinities give the limits. */
  @ParameterizedTest
  @EnumSource(Activation.class)
  void continuesAtTheEndsOfTheFloats(Activation activation) {
    Pointwise function = PointwiseFunctions.of(activation);
    float[] values = {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};
    forward(function, values, 0, 3);
    assertThat(values[2]).isNaN();
    double high = ReferenceActivation.value(activation, 1e30);
    assertThat(values[0]).isEqualTo(high < 1e30 ? (float) high : Float.POSITIVE_INFINITY);
    double low = ReferenceActivation.value(activation, -1e30);
    if (low < -1e20) {
      assertThat(values[1]).isEqualTo(Float.NEGATIVE_INFINITY);
    } else {
      assertThat((double) values[1]).isCloseTo(low, within(2e-36));
    }
    double slope = ReferenceActivation.derivative(activation, 1e30);
    assertThat((double) derivative(function, Float.POSITIVE_INFINITY))
        .isCloseTo(slope, within(2e-36));
  }

  @Test
  void isOneObjectForEachActivation() {
    for (Activation activation : Activation.values()) {
      assertThat(PointwiseFunctions.of(activation)).isSameAs(PointwiseFunctions.of(activation));
    }
    assertThat(Arrays.stream(Activation.values()).map(PointwiseFunctions::of))
        .doesNotHaveDuplicates();
  }
}
