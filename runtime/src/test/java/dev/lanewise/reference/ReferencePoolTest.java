package dev.lanewise.reference;

import static dev.lanewise.testing.Differences.assertGradient;
import static dev.lanewise.testing.Differences.distinct;
import static dev.lanewise.testing.Differences.dot;
import static dev.lanewise.testing.Differences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Window;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferencePoolTest {
  static Stream<Window> windows() {
    return Stream.of(
        Window.valid(3, 3, 2, 2),
        Window.valid(2, 2, 2, 2),
        Window.valid(1, 3, 3, 1),
        Window.same(2, 2, 1, 1),
        Window.same(3, 3, 2, 2),
        Window.same(3, 2, 1, 2),
        Window.padded(3, 3, 2, 2, 1, 1, 1, 1),
        Window.padded(2, 3, 1, 2, 1, 0, 0, 2));
  }

  @ParameterizedTest
  @MethodSource("windows")
  void backwardIsTheDerivative(Window window) {
    var random = new Random(11);
    var in = new Shape(2, 5, 6, 3);
    var src = new ReferenceTensor(distinct(random, in.size()), in);
    var dst = ReferenceMaxPool.forward(src, window);
    var dDst = new ReferenceTensor(normal(random, dst.data().length), dst.shape());
    assertGradient(
        () -> dot(ReferenceMaxPool.forward(src, window).data(), dDst.data()),
        src.data(),
        ReferenceMaxPool.backward(src, dDst, window).data());
    assertGradient(
        () -> dot(ReferenceAveragePool.forward(src, window).data(), dDst.data()),
        src.data(),
        ReferenceAveragePool.backward(dDst, window, in).data());
  }

  @Test
  void paddedPlacesNeitherWinNorCount() {
    var src = ReferenceTensor.of(new Shape(1, 1, 3, 1), -5, -3, -4);
    var window = Window.padded(1, 2, 1, 2, 0, 0, 1, 0);
    assertThat(ReferenceMaxPool.forward(src, window).data()).containsExactly(-5, -3);
    assertThat(ReferenceAveragePool.forward(src, window).data()).containsExactly(-5, -3.5);
  }

  @Test
  void theFirstOfEqualPlacesGetsTheGradient() {
    var src = ReferenceTensor.of(new Shape(1, 2, 2, 1), 1, 7, 7, 7);
    var dDst = ReferenceTensor.of(new Shape(1, 1, 1, 1), 3);
    var dSrc = ReferenceMaxPool.backward(src, dDst, Window.valid(2, 2, 2, 2));
    assertThat(dSrc.data()).containsExactly(0, 3, 0, 0);
  }

  @Test
  void overlappingWindowsAddTheirGradients() {
    var src = ReferenceTensor.of(new Shape(1, 1, 3, 1), 1, 9, 2);
    var dDst = ReferenceTensor.of(new Shape(1, 1, 2, 1), 3, 4);
    var dSrc = ReferenceMaxPool.backward(src, dDst, Window.valid(1, 2, 1, 1));
    assertThat(dSrc.data()).containsExactly(0, 7, 0);
  }

  @Test
  void aWindowOfPaddingAloneIsRefused() {
    var src = ReferenceTensor.of(new Shape(1, 1, 1, 1), 1);
    var window = Window.padded(1, 1, 1, 1, 0, 0, 1, 0);
    assertThatThrownBy(() -> ReferenceMaxPool.forward(src, window))
        .hasMessage("the pooling window of output 0,0 lies wholly in the padding");
    assertThatThrownBy(() -> ReferenceAveragePool.forward(src, window))
        .hasMessage("the pooling window of output 0,0 lies wholly in the padding");
  }

  @Test
  void globalAverageIsTheMeanOfTheMap() {
    var in = new Shape(2, 2, 3, 2);
    var src = new ReferenceTensor(normal(new Random(5), in.size()), in);
    var dst = ReferenceAveragePool.forwardGlobal(src);
    assertThat(dst.shape()).isEqualTo(new Shape(2, 1, 1, 2));
    var dDst = new ReferenceTensor(normal(new Random(6), 4), dst.shape());
    assertGradient(
        () -> dot(ReferenceAveragePool.forwardGlobal(src).data(), dDst.data()),
        src.data(),
        ReferenceAveragePool.backwardGlobal(dDst, in).data());
  }
}
