package dev.lanewise.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import org.junit.jupiter.api.Test;

class HeadActivationTest {
  private static final float[] LOGITS = {0, 100, -100, 0.5f, 1, -2};

  private static float[] outputs(HeadActivation head) {
    Shape shape = new Shape(2, 1, 1, 3);
    Tensor outputs = Tensor.zeros(shape);
    head.apply(Tensor.of(shape, LOGITS), outputs);
    return outputs.toArray();
  }

  @Test
  void softmaxIsOfEachImageByItself() {
    float[] outputs = outputs(HeadActivation.SOFTMAX);
    assertThat(outputs[1]).isEqualTo(1);
    double sum = Math.exp(0.5) + Math.exp(1) + Math.exp(-2);
    assertThat(outputs[3]).isCloseTo((float) (Math.exp(0.5) / sum), within(1e-7f));
    assertThat(outputs[3] + outputs[4] + outputs[5]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void sigmoidIsPreciseOnBothSides() {
    float[] outputs = outputs(HeadActivation.SIGMOID);
    assertThat(outputs[0]).isEqualTo(0.5f);
    assertThat(outputs[1]).isEqualTo(1);
    assertThat(outputs[2]).isEqualTo((float) Math.exp(-100));
    assertThat(HeadActivation.sigmoid(-800)).isZero();
    assertThat(HeadActivation.sigmoid(3) + HeadActivation.sigmoid(-3)).isCloseTo(1, within(1e-15));
  }

  @Test
  void linearLeavesLogitsAsTheyAre() {
    assertThat(outputs(HeadActivation.LINEAR)).isEqualTo(LOGITS);
  }

  @Test
  void namesAreThoseOfKeras() {
    assertThat(HeadActivation.values())
        .extracting(HeadActivation::text)
        .containsExactly("softmax", "sigmoid", "linear");
  }
}
