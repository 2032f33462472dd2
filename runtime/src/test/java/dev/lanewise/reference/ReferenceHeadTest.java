package dev.lanewise.reference;

import static dev.lanewise.spec.Activation.RELU;
import static dev.lanewise.testing.Differences.assertGradient;
import static dev.lanewise.testing.Differences.distinct;
import static dev.lanewise.testing.Differences.dot;
import static dev.lanewise.testing.Differences.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** ReLU, add, dense, softmax and the tensor itself. */
class ReferenceHeadTest {
  private final Random random = new Random(13);

  @Test
  void reluPassesPositiveValuesAndTheirGradient() {
    var src = ReferenceTensor.of(new Shape(1, 1, 1, 4), -1, 0, 2, -0.0);
    assertThat(ReferenceActivation.forward(RELU, src).data()).containsExactly(0, 0, 2, 0);
    var ones = ReferenceTensor.of(src.shape(), 1, 1, 1, 1);
    assertThat(ReferenceActivation.backward(RELU, src, ones).data()).containsExactly(0, 0, 1, 0);

    var shape = new Shape(2, 3, 1, 5);
    var x = new ReferenceTensor(distinct(random, shape.size()), shape);
    var dDst = new ReferenceTensor(normal(random, shape.size()), shape);
    assertGradient(
        () -> dot(ReferenceActivation.forward(RELU, x).data(), dDst.data()),
        x.data(),
        ReferenceActivation.backward(RELU, x, dDst).data());
  }

  @Test
  void addGivesBothTheSameGradient() {
    var a = ReferenceTensor.of(new Shape(1, 1, 2, 1), 1, 2);
    var b = ReferenceTensor.of(new Shape(1, 1, 2, 1), 10, 20);
    assertThat(ReferenceAdd.forward(a, b).data()).containsExactly(11, 22);
    assertThat(ReferenceAdd.backward(a)).isNotSameAs(a);
    assertThat(ReferenceAdd.backward(a).data()).containsExactly(1, 2);
    var other = ReferenceTensor.of(new Shape(1, 1, 1, 1), 1);
    assertThatThrownBy(() -> ReferenceAdd.forward(a, other))
        .hasMessage("cannot add [1,1,1,1] to [1,1,2,1]");
  }

  @Test
  void denseBackwardIsTheDerivative() {
    var in = new Shape(3, 2, 1, 3);
    var src = new ReferenceTensor(normal(random, in.size()), in);
    double[] weights = normal(random, 6 * 4);
    double[] bias = normal(random, 4);
    var dst = ReferenceDense.forward(src, weights, bias, 4);
    assertThat(dst.shape()).isEqualTo(new Shape(3, 1, 1, 4));
    var dDst = new ReferenceTensor(normal(random, 12), dst.shape());
    DoubleSupplier loss =
        () -> dot(ReferenceDense.forward(src, weights, bias, 4).data(), dDst.data());
    assertGradient(loss, src.data(), ReferenceDense.backwardData(dDst, weights, in).data());
    assertGradient(loss, weights, ReferenceDense.backwardWeights(src, dDst));
    assertGradient(loss, bias, ReferenceDense.backwardBias(dDst));
  }

  @Test
  void denseIsAConvolutionOverTheWholeMap() {
    var in = new Shape(2, 2, 3, 2);
    var src = new ReferenceTensor(normal(random, in.size()), in);
    double[] weights = normal(random, 12 * 5);
    var window = dev.lanewise.tensor.Window.valid(2, 3, 1, 1);
    double[] conv = ReferenceConv.forward(src, weights, null, window, 5).data();
    double[] dense = ReferenceDense.forward(src, weights, null, 5).data();
    assertThat(dense).containsExactly(conv, within(1e-12));
    assertThatThrownBy(() -> ReferenceDense.forward(src, weights, null, 6))
        .hasMessage("weights [12,6] want 72 values, got 60");
  }

  @Test
  void softmaxGradientIsTheDerivativeOfTheLoss() {
    var logits = new ReferenceTensor(normal(random, 12), new Shape(3, 1, 1, 4));
    int[] labels = {2, 0, 3};
    var probabilities = ReferenceSoftmax.forward(logits);
    assertGradient(
        () -> ReferenceSoftmax.loss(logits, labels),
        logits.data(),
        ReferenceSoftmax.backward(probabilities, labels).data());
    double byHand = 0;
    for (int n = 0; n < 3; n++) {
      byHand -= Math.log(probabilities.get(n, 0, 0, labels[n])) / 3;
    }
    assertThat(ReferenceSoftmax.loss(logits, labels)).isCloseTo(byHand, within(1e-14));
  }

  @Test
  void softmaxSurvivesLargeLogits() {
    var logits = ReferenceTensor.of(new Shape(1, 1, 1, 3), 1e5, 0, -1e5);
    assertThat(ReferenceSoftmax.forward(logits).data()).containsExactly(1, 0, 0);
    assertThat(ReferenceSoftmax.loss(logits, new int[] {1})).isEqualTo(1e5);
  }

  @Test
  void tensorsConvertAndCheckTheirSize() {
    var floats = Tensor.of(new Shape(1, 1, 2, 2), 1f, 2f, 0.1f, 4f);
    var doubles = ReferenceTensor.of(floats);
    assertThat(doubles.get(0, 0, 1, 0)).isEqualTo((double) 0.1f);
    assertThat(doubles.toTensor().toArray()).isEqualTo(floats.toArray());
    assertThatThrownBy(() -> ReferenceTensor.of(new Shape(1, 1, 1, 3), 1, 2))
        .hasMessage("shape [1,1,1,3] requires 3 values, got 2");
  }
}
