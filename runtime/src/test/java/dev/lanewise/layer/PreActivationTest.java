package dev.lanewise.layer;

import static dev.lanewise.spec.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.reference.ReferenceAdd;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceMaxPool;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The layers of a block that normalises what it reads, against plain operations:
 *
 * <pre>conv(relu(bn(x))) + x at every stride</pre>
 */
class PreActivationTest {
  private static final double EPSILON = 1e-3;
  private static final double BOUND = 2e-5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "5, 1, 1",
    "16, 3, 1",
    "19, 3, 2",
    "70, 1, 2",
    "129, 3, 1",
    "64, 3, 1",
    "8, 3, 2"
  })
  void agreesWithPlainOperations(int channels, int kernel, int stride) {
    try (WorkerPool pool = new WorkerPool(2)) {
      new Block(pool, channels, kernel, stride, Mode.BY_PHASE).check();
      new Block(pool, channels, kernel, stride, Mode.ALWAYS_MOVING).check();
    }
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void agreesForEveryActivation(Activation activation) {
    try (WorkerPool pool = new WorkerPool(2)) {
      for (Mode mode : List.of(Mode.BY_PHASE, Mode.ALWAYS_MOVING)) {
        new Block(pool, 19, 3, 2, mode, activation).check();
        new Block(pool, 64, 3, 1, mode, activation).check();
      }
    }
  }

  @Test
  void hasTheSameBitsOnAnyNumberOfThreads() {
    List<float[]> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        Block block = new Block(pool, 19, 3, 2, Mode.BY_PHASE);
        block.run();
        results.add(block.out.toArray());
        results.add(block.dx.toArray());
        results.add(block.gradients);
      }
    }
    for (int i = 3; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % 3));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "6", "16", "70", "129"})
  void countsPaddingAsZeros(int channels) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Layers layers = new Layers(0.9, EPSILON, Mode.BY_PHASE);
      TrainingContext context = new TrainingContext(new Scratch(pool), () -> null, true);
      MaxPoolTraining max =
          layers
              .zeroPaddedMaxPool("pool", Window.padded(3, 3, 2, 2, 1, 1, 1, 1))
              .training(context, context.input());
      SplittableRandom random = new SplittableRandom(channels);
      Tensor x = Values.integers(random, new Shape(2, 6, 5, channels));
      Tensor out = Tensor.zeros(max.outputShape(x.shape()));
      Tensor argmax = Tensor.zeros(out.shape());
      max.forward(Operand.of(x), out, argmax);
      ReferenceTensor padded = ReferenceTensor.zeros(new Shape(2, 8, 7, channels));
      forEach(x.shape(), (from, to) -> padded.data()[to] = x.data()[x.offset() + from]);
      Window valid = Window.valid(3, 3, 2, 2);
      Values.assertEqual("out", out.toArray(), ReferenceMaxPool.forward(padded, valid).data());

      Tensor dOut = Values.integers(random, out.shape());
      Tensor dx = Tensor.zeros(x.shape());
      max.backward(dOut, argmax, dx, null);
      ReferenceTensor dPadded = ReferenceMaxPool.backward(padded, ReferenceTensor.of(dOut), valid);
      double[] wanted = new double[x.shape().size()];
      forEach(x.shape(), (from, to) -> wanted[from] = dPadded.data()[to]);
      Values.assertEqual("dx", dx.toArray(), wanted);
    }
  }

  private interface Places {
    void take(int from, int to);
  }

  /** Calls back with each index in a map, and that in the map with one place of padding. */
  private static void forEach(Shape in, Places places) {
    for (int i = 0; i < in.size(); i++) {
      int c = i % in.c();
      int w = i / in.c() % in.w();
      int h = i / in.c() / in.w() % in.h();
      int n = i / in.c() / in.w() / in.h();
      places.take(i, ((n * (in.h() + 2) + h + 1) * (in.w() + 2) + w + 1) * in.c() + c);
    }
  }

  private static final class Block {
    private final WorkerPool pool;
    private final Mode mode;
    private final Activation activation;
    private final Layers layers;
    private float[] gradients;
    private final BatchNorm bn;
    private final Conv conv;
    private final Subsampling subsampling;
    private final Tensor x;
    private final Tensor out;
    private final Tensor dOut;
    private final Tensor dShortcut;
    private final Tensor dx;

    Block(WorkerPool pool, int channels, int kernel, int stride, Mode mode) {
      this(pool, channels, kernel, stride, mode, RELU);
    }

    Block(WorkerPool pool, int channels, int kernel, int stride, Mode mode, Activation activation) {
      this.pool = pool;
      this.activation = activation;
      this.mode = mode;
      layers = new Layers(0.9, EPSILON, mode);
      bn = layers.batchNorm("bn", channels);
      int pad = kernel / 2;
      Window window = Window.padded(kernel, kernel, stride, stride, pad, pad, pad, pad);
      conv = layers.conv("conv", window, channels, channels, true, null);
      subsampling = layers.subsampling(stride, stride);
      SplittableRandom random = new SplittableRandom(7);
      for (Parameter parameter : layers.store().parameters()) {
        float[] values = Values.normal(random, parameter.size(), 0.3);
        if (parameter.name().equals("moving_variance") || parameter.name().equals("gamma")) {
          for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + Math.abs(values[i]);
          }
        }
        parameter.setValues(values);
      }
      x = Values.normal(random, new Shape(3, 9, 7, channels));
      out = Tensor.zeros(conv.outputShape(x.shape()));
      dOut = Values.normal(random, out.shape());
      dShortcut = Tensor.zeros(x.shape());
      dx = Tensor.zeros(x.shape());
    }

    void run() {
      gradients = layers.store().newArray();
      TrainingContext context = new TrainingContext(new Scratch(pool), () -> gradients, true);
      BatchNormTraining bnPass = bn.training(context, context.input());
      ConvTraining convPass = conv.training(context, bnPass);
      SubsamplingTraining shortcut = subsampling.training(context, context.input());

      bnPass.batchStatistics(x);
      shortcut.forward(Operand.of(x), out);
      Operand activated = bnPass.activated(x, activation);
      convPass.forward(activated, out, out, Activation.NONE);

      Operand gradient = Operand.of(dOut);
      convPass.backwardWeights(activated, gradient);
      convPass.backwardData(gradient, dx, bnPass.gradientSums(x, activation));
      bnPass.finishGradients();
      shortcut.backward(dOut, dShortcut);
      bnPass.backwardData(dx, x, dShortcut, dx, null);
    }

    void check() {
      float[] before = x.toArray();
      run();
      assertThat(x.toArray()).isEqualTo(before);
      ReferenceTensor rx = ReferenceTensor.of(x);
      double[] gamma = values(0);
      double[] beta = values(1);
      ReferenceBatchNorm.Result result =
          mode == Mode.BY_PHASE
              ? ReferenceBatchNorm.forward(rx, gamma, beta, EPSILON)
              : new ReferenceBatchNorm.Result(
                  ReferenceBatchNorm.infer(rx, gamma, beta, values(2), values(3), EPSILON),
                  values(2),
                  values(3));
      ReferenceTensor activated = ReferenceActivation.forward(activation, result.dst());
      double[] kernel = values(4);
      Window window = conv.window();
      ReferenceTensor sum =
          ReferenceAdd.forward(
              ReferenceConv.forward(activated, kernel, values(5), window, bn.channels()),
              ReferenceMaxPool.forward(rx, subsampling.window()));
      Values.assertClose("out", out.toArray(), sum.data(), BOUND);

      ReferenceTensor d = ReferenceTensor.of(dOut);
      compare(4, ReferenceConv.backwardWeights(activated, d, window));
      compare(5, ReferenceConv.backwardBias(d));
      ReferenceTensor dz =
          ReferenceActivation.backward(
              activation, result.dst(), ReferenceConv.backwardData(d, kernel, window, x.shape()));
      ReferenceBatchNorm.Gradients g =
          mode == Mode.BY_PHASE
              ? ReferenceBatchNorm.backward(rx, dz, gamma, result, EPSILON)
              : ReferenceBatchNorm.backwardFrozen(
                  rx, dz, gamma, result.mean(), result.variance(), EPSILON);
      compare(0, g.dGamma());
      compare(1, g.dBeta());
      ReferenceTensor wanted =
          ReferenceAdd.forward(g.dSrc(), ReferenceMaxPool.backward(rx, d, subsampling.window()));
      Values.assertClose("dx", dx.toArray(), wanted.data(), BOUND);
    }

    private double[] values(int index) {
      return ReferenceTensor.doubles(layers.store().parameters().get(index).values());
    }

    private void compare(int index, double[] wanted) {
      Parameter parameter = layers.store().parameters().get(index);
      Values.assertClose(parameter.name(), parameter.valuesIn(gradients), wanted, BOUND);
    }
  }
}
