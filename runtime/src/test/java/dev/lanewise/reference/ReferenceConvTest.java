package dev.lanewise.reference;

import static dev.lanewise.testing.Differences.assertGradient;
import static dev.lanewise.testing.Differences.dot;
import static dev.lanewise.testing.Differences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceConvTest {
  private static ReferenceTensor row(double... values) {
    return ReferenceTensor.of(new Shape(1, 1, values.length, 1), values);
  }

  @Test
  void isACrossCorrelation() {
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3, 4), new double[] {1, 10, 100}, null, Window.valid(1, 3, 1, 1), 1);
    assertThat(dst.data()).containsExactly(321, 432);
  }

  @Test
  void sameEvenKernelPadsAtTheEnd() {
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3, 4), new double[] {1, 10}, null, Window.same(1, 2, 1, 1), 1);
    assertThat(dst.data()).containsExactly(21, 32, 43, 4);
  }

  @Test
  void sameKernelOfFourPadsOneBeforeAndTwoAfter() {
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3), new double[] {1, 10, 100, 1000}, null, Window.same(1, 4, 1, 1), 1);
    assertThat(dst.data()).containsExactly(3210, 321, 32);
  }

  @Test
  void sameStrideOfTwoOverEvenInputPadsOnlyAtTheEnd() {
    // Output 2, so (2-1)*2 + 3 - 4 = 1 column of padding, the larger half of which is at the end.
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3, 4), new double[] {1, 10, 100}, null, Window.same(1, 3, 1, 2), 1);
    assertThat(dst.data()).containsExactly(321, 43);
  }

  @Test
  void sameStrideOfTwoOverOddInputPadsBothSides() {
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3, 4, 5), new double[] {1, 10, 100}, null, Window.same(1, 3, 1, 2), 1);
    assertThat(dst.data()).containsExactly(210, 432, 54);
  }

  @Test
  void sameKernelSmallerThanItsStrideNeedsNoPadding() {
    var dst =
        ReferenceConv.forward(
            row(1, 2, 3, 4, 5), new double[] {1}, null, Window.same(1, 1, 1, 2), 1);
    assertThat(dst.data()).containsExactly(1, 3, 5);
  }

  @Test
  void explicitPaddingIsAValidWindowOverThePaddedInput() {
    var dst =
        ReferenceConv.forward(
            row(1, 2), new double[] {1, 10}, null, Window.padded(1, 2, 1, 1, 1, 0, 2, 1), 1);
    assertThat(dst.shape()).isEqualTo(new Shape(1, 2, 4, 1));
    assertThat(dst.data()).containsExactly(0, 0, 0, 0, 0, 10, 21, 2);
  }

  @Test
  void weightsAreHwioAndBiasIsAdded() {
    var src = ReferenceTensor.of(new Shape(1, 1, 1, 2), 1, 2);
    double[] weights = {1, 2, 3, 10, 20, 30};
    double[] bias = {0.5, 0.25, 0.125};
    var dst = ReferenceConv.forward(src, weights, bias, Window.valid(1, 1, 1, 1), 3);
    assertThat(dst.data()).containsExactly(21.5, 42.25, 63.125);
  }

  @Test
  void refusesWhatDoesNotFit() {
    var src = row(1, 2, 3);
    var window = Window.valid(2, 2, 1, 1);
    assertThatThrownBy(() -> ReferenceConv.forward(src, new double[4], null, window, 1))
        .hasMessage("no 2x2 window fits into an input of shape [1,1,3,1]");
    assertThatThrownBy(() -> ReferenceConv.forward(src, new double[3], null, window, 1))
        .hasMessage("weights [2,2,1,1] want 4 values, got 3");
    var one = Window.valid(1, 1, 1, 1);
    assertThatThrownBy(() -> ReferenceConv.forward(src, new double[1], new double[2], one, 1))
        .hasMessage("bias requires 1 values, got 2");
    assertThatThrownBy(() -> ReferenceConv.backwardWeights(src, row(1, 2), one))
        .hasMessage("the gradient of the output requires shape [1,1,3,1], got [1,1,2,1]");
  }

  static Stream<Window> windows() {
    return Stream.of(
        Window.valid(1, 1, 1, 1),
        Window.valid(1, 1, 2, 2),
        Window.valid(3, 3, 1, 1),
        Window.valid(3, 2, 2, 3),
        Window.valid(2, 5, 1, 2),
        Window.same(1, 1, 2, 2),
        Window.same(2, 2, 1, 1),
        Window.same(2, 2, 2, 2),
        Window.same(3, 3, 1, 1),
        Window.same(3, 3, 2, 2),
        Window.same(4, 3, 3, 2),
        Window.same(7, 7, 2, 2),
        Window.padded(3, 3, 1, 1, 1, 1, 1, 1),
        Window.padded(7, 7, 2, 2, 3, 3, 3, 3),
        Window.padded(2, 3, 2, 1, 0, 2, 3, 1));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void backwardIsTheDerivative(Window window) {
    var random = new Random(7);
    var in = new Shape(2, 5, 6, 3);
    int oc = 2;
    var src = new ReferenceTensor(normal(random, in.size()), in);
    double[] weights = normal(random, window.kh() * window.kw() * in.c() * oc);
    double[] bias = normal(random, oc);
    var dst = ReferenceConv.forward(src, weights, bias, window, oc);
    var dDst = new ReferenceTensor(normal(random, dst.data().length), dst.shape());

    DoubleSupplier loss =
        () -> dot(ReferenceConv.forward(src, weights, bias, window, oc).data(), dDst.data());
    assertGradient(loss, src.data(), ReferenceConv.backwardData(dDst, weights, window, in).data());
    assertGradient(loss, weights, ReferenceConv.backwardWeights(src, dDst, window));
    assertGradient(loss, bias, ReferenceConv.backwardBias(dDst));
  }
}
