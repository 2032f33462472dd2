package dev.lanewise.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.model.data.TargetKind;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each loss against the definition in double, and its gradient against finite differences. */
class LossTest {
  private static final int OUTPUTS = 5;

  private static float[] logits(Random random, double size) {
    float[] logits = new float[OUTPUTS];
    for (int c = 0; c < OUTPUTS; c++) {
      logits[c] = (float) (size * random.nextGaussian());
    }
    return logits;
  }

  /** Targets as label smoothing, weights and mixing make them. */
  private static float[] targets(Random random, TargetKind kind) {
    float[] targets = new float[OUTPUTS];
    for (int c = 0; c < OUTPUTS; c++) {
      targets[c] =
          kind == TargetKind.VALUES ? (float) random.nextGaussian() : random.nextInt(4) / 3f;
    }
    return targets;
  }

  /** The loss of an image by its definition, in double. */
  private static double defined(Loss loss, double[] logits, float[] targets) {
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit);
    }
    double result = 0;
    for (int c = 0; c < OUTPUTS; c++) {
      double t = targets[c];
      double p = 1 / (1 + Math.exp(-logits[c]));
      result +=
          switch (loss.targets()) {
            case CLASS -> -t * Math.log(Math.exp(logits[c]) / sum);
            case LABELS -> (-t * Math.log(p) - (1 - t) * Math.log(1 - p)) / OUTPUTS;
            case VALUES -> (logits[c] - t) * (logits[c] - t) / OUTPUTS;
          };
    }
    return result;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  @ParameterizedTest
  @ValueSource(strings = {"categorical_crossentropy", "binary_crossentropy", "mean_squared_error"})
  void lossAndGradientAreThoseOfTheDefinition(String name) {
    Loss loss = Loss.parse(name);
    assertThat(loss.name()).isEqualTo(name);
    Random random = new Random(3);
    for (int trial = 0; trial < 50; trial++) {
      float[] logits = logits(random, 2);
      float[] targets = targets(random, loss.targets());
      double[] gradient = new double[OUTPUTS];
      double value = loss.gradient(logits, 0, targets, 0, gradient);
      assertThat(value).isCloseTo(defined(loss, doubles(logits), targets), within(1e-12));
      for (int c = 0; c < OUTPUTS; c++) {
        double step = 1e-5;
        double[] up = doubles(logits);
        double[] down = doubles(logits);
        up[c] += step;
        down[c] -= step;
        double slope = (defined(loss, up, targets) - defined(loss, down, targets)) / (2 * step);
        assertThat(gradient[c]).isCloseTo(slope, within(1e-8));
      }
      float[] outputs = new float[OUTPUTS];
      loss.head()
          .apply(Tensor.of(row(), logits), new Tensor(outputs, 0, new Shape(1, 1, 1, OUTPUTS)));
      assertThat(loss.of(outputs, 0, targets, 0, OUTPUTS)).isCloseTo(value, within(1e-5));
    }
  }

  private static Shape row() {
    return new Shape(1, 1, 1, OUTPUTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"categorical_crossentropy", "binary_crossentropy"})
  void hugeLogitsAreFinite(String name) {
    Loss loss = Loss.parse(name);
    float[] logits = {1e4f, -1e4f, 0, 80, -80};
    float[] targets = {0, 1, 0, 0, 0};
    double[] gradient = new double[OUTPUTS];
    double value = loss.gradient(logits, 0, targets, 0, gradient);
    double wanted = name.startsWith("cat") ? 2e4 : (2e4 + Math.log(2) + 80) / OUTPUTS;
    assertThat(value).isCloseTo(wanted, within(1e-9));
    assertThat(gradient).doesNotContain(Double.NaN);
    assertThat(gradient[0]).isCloseTo(name.startsWith("cat") ? 1 : 0.2, within(1e-12));
  }

  @Test
  void surenessOfWhatIsWrongCostsAsInKeras() {
    float[] sure = {1, 0};
    float[] wrong = {0, 1};
    // -ln(1e-7), Keras's epsilon.
    double cost = 16.11809565095832;
    assertThat(Loss.CATEGORICAL_CROSSENTROPY.of(sure, 0, wrong, 0, 2)).isEqualTo(cost);
    assertThat(Loss.BINARY_CROSSENTROPY.of(sure, 0, wrong, 0, 2)).isCloseTo(cost, within(1e-8));
    assertThat(Loss.BINARY_CROSSENTROPY.of(sure, 0, sure, 0, 2)).isCloseTo(1e-7, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"categorical_crossentropy", "binary_crossentropy", "mean_squared_error"})
  void whatIsNoNumberStaysSo(String name) {
    Loss loss = Loss.parse(name);
    assertThat(loss.of(new float[] {Float.NaN, 0.5f}, 0, new float[] {0, 1}, 0, 2)).isNaN();
  }

  @Test
  void batchesAreSumsByTheirDivisorWithoutAllocating() {
    Random random = new Random(5);
    Loss loss = Loss.BINARY_CROSSENTROPY;
    Tensor logits = Tensor.zeros(new Shape(3, 1, 1, OUTPUTS));
    float[] targets = new float[3 * OUTPUTS];
    double sum = 0;
    double[] gradient = new double[OUTPUTS];
    float[] wanted = new float[3 * OUTPUTS];
    for (int n = 0; n < 3; n++) {
      System.arraycopy(targets(random, TargetKind.LABELS), 0, targets, n * OUTPUTS, OUTPUTS);
      System.arraycopy(logits(random, 1), 0, logits.data(), logits.index(n, 0, 0, 0), OUTPUTS);
      sum += loss.gradient(logits.data(), logits.index(n, 0, 0, 0), targets, n * OUTPUTS, gradient);
      for (int c = 0; c < OUTPUTS; c++) {
        wanted[n * OUTPUTS + c] = (float) (gradient[c] / 7);
      }
    }
    Tensor dLogits = Tensor.zeros(logits.shape());
    BatchLoss batch = new BatchLoss(loss).with(targets, 0, 7);
    assertThat(batch.apply(logits, dLogits)).isEqualTo(sum / 7);
    assertThat(dLogits.toArray()).isEqualTo(wanted);
    assertThatThrownBy(() -> batch.with(new float[4], 0, 1).apply(logits, dLogits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch of 3 images and 5 outputs requires as many targets, got 4");
    assertThatThrownBy(() -> batch.with(targets, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a loss requires a positive, finite divisor, got 0.0");
  }

  @Test
  void eachKindOfTargetHasItsLossAndHead() {
    for (TargetKind kind : TargetKind.values()) {
      Loss loss = Loss.usual(kind);
      assertThat(loss.targets()).isEqualTo(kind);
      assertThat(TargetKind.behind(loss.head())).isEqualTo(kind);
    }
    assertThat(HeadActivation.SIGMOID.text()).isEqualTo("sigmoid");
  }

  @Test
  void unknownNamesAreToldWithWhatThereIs() {
    assertThatThrownBy(() -> Loss.parse("hinge"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown loss 'hinge'; known are categorical_crossentropy, binary_crossentropy,"
                + " mean_squared_error");
  }
}
