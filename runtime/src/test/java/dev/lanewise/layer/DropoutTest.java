package dev.lanewise.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceDense;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.Values;
import dev.lanewise.train.KernelInitializers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dropout in front of a dense layer. */
class DropoutTest {
  private static final double RATE = 0.3;

  /** What a dropout makes of values of one, or of others. */
  private static final class Run {
    final Tensor out;
    final Tensor mask;

    Run(int threads, boolean training, long seed, int number, Tensor x) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        TrainingContext context = new TrainingContext(new Scratch(pool), () -> null);
        context.setTraining(training);
        context.setDropoutSeed(seed);
        Dropout dropout = new Dropout("dropout", RATE, number);
        out = Tensor.zeros(x.shape());
        mask = Tensor.zeros(x.shape());
        dropout.training(context, context.input()).forward(Operand.of(x), out, mask);
      }
    }
  }

  private static Tensor ones(int n, int h, int w, int c) {
    Tensor x = Tensor.zeros(new Shape(n, h, w, c));
    Arrays.fill(x.data(), x.offset(), x.offset() + x.shape().size(), 1);
    return x;
  }

  @Test
  void leavesOutItsShareAndMakesUpForIt() {
    float[] out = new Run(2, true, 1, 1, ones(16, 3, 3, 129)).out.toArray();
    int kept = 0;
    for (float value : out) {
      assertThat(value).isIn(0f, (float) (1 / (1 - RATE)));
      kept += value > 0 ? 1 : 0;
    }
    // Four deviations.
    double deviation = Math.sqrt(out.length * RATE * (1 - RATE));
    assertThat(kept).isCloseTo((int) (out.length * (1 - RATE)), within((int) (4 * deviation)));
  }

  @Test
  void doesNothingOutsideTraining() {
    Tensor x = Values.normal(new SplittableRandom(1), new Shape(3, 2, 2, 7));
    assertThat(new Run(2, false, 1, 1, x).out.toArray()).isEqualTo(x.toArray());
  }

  @Test
  void drawsBySeedAndNumberOnAnyNumberOfThreads() {
    Tensor x = ones(9, 1, 1, 1031);
    float[] one = new Run(1, true, 5, 1, x).out.toArray();
    assertThat(new Run(2, true, 5, 1, x).out.toArray()).isEqualTo(one);
    assertThat(new Run(3, true, 5, 1, x).out.toArray()).isEqualTo(one);
    assertThat(new Run(2, true, 6, 1, x).out.toArray()).isNotEqualTo(one);
    assertThat(new Run(2, true, 5, 2, x).out.toArray()).isNotEqualTo(one);
  }

  /** The gradient passes where the values did, and then what is below it. */
  @ParameterizedTest
  @CsvSource({"1", "6", "16", "70", "129"})
  void handsBackTheGradientOfWhatItKept(int channels) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Layers layers = new Layers(0.9, 1e-3, Mode.BY_PHASE);
      Shape in = new Shape(1, 2, 3, channels);
      Dropout dropout = layers.dropout(RATE);
      Dense dense = layers.dense("fc", in, 11, KernelInitializers.glorotUniform());
      layers.initialize(3, null);
      float[] gradients = layers.store().newArray();
      TrainingContext context = new TrainingContext(new Scratch(pool), () -> gradients, true);
      DropoutTraining drop = dropout.training(context, context.input());
      DenseTraining product = dense.training(context, drop);
      Tensor x = Values.normal(new SplittableRandom(channels), new Shape(4, 2, 3, channels));
      Tensor d = Tensor.zeros(x.shape());
      Tensor mask = Tensor.zeros(x.shape());
      Tensor out = Tensor.zeros(product.outputShape(x.shape()));
      drop.forward(Operand.of(x), d, mask);
      product.forward(Operand.of(d), out, Activation.RELU);
      double[] kernel = ReferenceTensor.doubles(dense.kernel().values());
      double[] bias = ReferenceTensor.doubles(dense.bias().values());
      double[] wanted =
          ReferenceDense.forward(ReferenceTensor.of(d), kernel, bias, 11).data().clone();
      for (int i = 0; i < wanted.length; i++) {
        wanted[i] = Math.max(0, wanted[i]);
      }
      Values.assertClose("out", out.toArray(), wanted, 1e-4);

      Tensor dOut = Values.normal(new SplittableRandom(7), out.shape());
      Tensor dx = Tensor.zeros(x.shape());
      product.backwardData(Operand.of(dOut), dx, drop.gradient(mask, null));
      double[] gradient =
          ReferenceDense.backwardData(ReferenceTensor.of(dOut), kernel, x.shape()).data().clone();
      List<Integer> kept = new ArrayList<>();
      for (int i = 0; i < gradient.length; i++) {
        float factor = mask.data()[mask.offset() + i];
        gradient[i] *= factor;
        if (factor > 0) {
          kept.add(i);
        }
      }
      assertThat(kept).isNotEmpty();
      Values.assertClose("dx", dx.toArray(), gradient, 1e-4);
    }
  }
}
