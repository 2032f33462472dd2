package dev.lanewise.layer;

import static dev.lanewise.spec.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.reference.ReferenceAdd;
import dev.lanewise.reference.ReferenceBatchNorm;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A residual block in fused calls against the same block in plain operations:
 *
 * <pre>conv a, bn a, relu, conv b, bn b, + (x or bn p of conv p of x), relu, conv c</pre>
 */
class FusedBlockTest {
  private static final double EPSILON = 1e-3;
  private static final double MOMENTUM = 0.9;
  private static final double BOUND = 2e-5;

  @ParameterizedTest
  @CsvSource({
    "5, 7, 1, false",
    "5, 7, 2, false",
    "16, 16, 1, true",
    "19, 70, 2, false",
    "66, 66, 1, true",
  })
  void agreesWithPlainOperations(int ic, int oc, int stride, boolean identity) {
    try (WorkerPool pool = new WorkerPool(2)) {
      new Fused(pool, ic, oc, stride, identity, Mode.BY_PHASE).check();
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 2, false", "20, 20, 1, true"})
  void agreesWhereStatisticsAreStored(int ic, int oc, int stride, boolean identity) {
    try (WorkerPool pool = new WorkerPool(2)) {
      new Fused(pool, ic, oc, stride, identity, Mode.ALWAYS_MOVING).check();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bna", "bnb", "bnp", "a", "b,bnb", "a,bna,p,bnp", "bna,bnb,bnp", "a,b,p,bnb", "c"})
  void agreesWhereLayersAreFrozen(String frozen) {
    List<String> names = List.of(frozen.split(","));
    try (WorkerPool pool = new WorkerPool(2)) {
      for (Mode mode : Mode.values()) {
        Fused projection = new Fused(pool, 5, 19, 2, false, mode);
        projection.layers.freeze(names::contains);
        projection.check();
        Fused identity = new Fused(pool, 20, 20, 1, true, mode);
        identity.layers.freeze(names::contains);
        identity.check();
      }
    }
  }

  @Test
  void formsNoGradientThatNoOneReads() {
    try (WorkerPool pool = new WorkerPool(1)) {
      Fused fused = new Fused(pool, 5, 7, 1, false, Mode.BY_PHASE);
      fused.layers.freeze(name -> !name.equals("c"));
      fused.inputTrained = false;
      Tensor[] untouched = {fused.dOut, fused.dza, fused.dx};
      for (Tensor gradient : untouched) {
        Arrays.fill(gradient.data(), 42);
      }
      fused.run();
      for (Tensor gradient : untouched) {
        assertThat(gradient.data()).containsOnly(42f);
      }
      float[] gradients = fused.gradients;
      int kernel = fused.c.kernel().offset();
      for (int i = 0; i < kernel; i++) {
        assertThat(gradients[i]).as("gradient %d", i).isZero();
      }
      assertThat(fused.c.kernel().valuesIn(gradients)).doesNotContain(0f);
    }
  }

  @Test
  void hasTheSameBitsOnAnyNumberOfThreads() {
    List<float[]> results = new ArrayList<>();
    for (int threads = 1; threads <= 3; threads++) {
      try (WorkerPool pool = new WorkerPool(threads)) {
        Fused fused = new Fused(pool, 19, 70, 2, false, Mode.BY_PHASE);
        fused.run();
        results.add(fused.dx.toArray());
        results.add(fused.gradients);
      }
    }
    for (int i = 2; i < results.size(); i++) {
      assertThat(results.get(i)).isEqualTo(results.get(i % 2));
    }
  }

  /** One convolution and its normalisation, fused and plain. */
  private static final class Unit {
    final Conv conv;
    final BatchNorm bn;
    ReferenceTensor x;
    ReferenceTensor y;
    ReferenceBatchNorm.Result statistics;

    Unit(Layers layers, String name, Window window, int ic, int oc, SplittableRandom random) {
      conv = layers.conv(name, window, ic, oc, true, null);
      bn = layers.batchNorm("bn" + name, oc);
    }

    double[] values(int index, Layers layers) {
      return ReferenceTensor.doubles(parameter(index, layers).values());
    }

    Parameter parameter(int index, Layers layers) {
      int first = layers.store().parameters().indexOf(conv.kernel());
      return layers.store().parameters().get(first + index);
    }

    boolean usesMoving(Mode mode) {
      return mode == Mode.ALWAYS_MOVING || bn.frozen();
    }

    /** bn(conv(x)), in plain operations. */
    ReferenceTensor forward(ReferenceTensor x, Layers layers, Mode mode) {
      this.x = x;
      double[] kernel = values(0, layers);
      double[] bias = values(1, layers);
      y = ReferenceConv.forward(x, kernel, bias, conv.window(), bias.length);
      double[] gamma = values(2, layers);
      double[] beta = values(3, layers);
      if (usesMoving(mode)) {
        double[] mean = values(4, layers);
        double[] variance = values(5, layers);
        ReferenceTensor dst = ReferenceBatchNorm.infer(y, gamma, beta, mean, variance, EPSILON);
        statistics = new ReferenceBatchNorm.Result(dst, mean, variance);
      } else {
        statistics = ReferenceBatchNorm.forward(y, gamma, beta, EPSILON);
      }
      return statistics.dst();
    }

    /** Gradient of x from that of bn(conv(x)); compares the gradients of the parameters. */
    ReferenceTensor backward(ReferenceTensor dz, Layers layers, Mode mode, float[] gradients) {
      double[] gamma = values(2, layers);
      ReferenceBatchNorm.Gradients g =
          usesMoving(mode)
              ? ReferenceBatchNorm.backwardFrozen(
                  y, dz, gamma, statistics.mean(), statistics.variance(), EPSILON)
              : ReferenceBatchNorm.backward(y, dz, gamma, statistics, EPSILON);
      Window window = conv.window();
      double[] dKernel = ReferenceConv.backwardWeights(x, g.dSrc(), window);
      if (!conv.frozen()) {
        compare("kernel", parameter(0, layers).valuesIn(gradients), dKernel);
        if (usesMoving(mode)) {
          float[] dBias = parameter(1, layers).valuesIn(gradients);
          compare("bias", dBias, ReferenceConv.backwardBias(g.dSrc()));
        } else {
          assertThat(parameter(1, layers).valuesIn(gradients)).containsOnly(0f);
        }
      }
      if (!bn.frozen()) {
        compare("gamma", parameter(2, layers).valuesIn(gradients), g.dGamma());
        compare("beta", parameter(3, layers).valuesIn(gradients), g.dBeta());
      }
      return ReferenceConv.backwardData(g.dSrc(), values(0, layers), window, x.shape());
    }

    private void compare(String what, float[] gradient, double[] wanted) {
      Values.assertClose(conv.name() + " " + what, gradient, wanted, BOUND);
    }
  }

  private static final class Fused {
    private final SplittableRandom random = new SplittableRandom(7);
    private final WorkerPool pool;
    private final Mode mode;
    private final Layers layers;
    private final boolean identity;
    private boolean inputTrained = true;
    private float[] gradients;
    private final Unit a;
    private final Unit b;
    private final Unit p;
    private final Conv c;
    private final Tensor x;
    private final Tensor ya;
    private final Tensor yb;
    private final Tensor yp;
    private final Tensor out;
    private final Tensor yc;
    private final Tensor dc;
    private final Tensor dOut;
    private final Tensor dza;
    private final Tensor dx;

    Fused(WorkerPool pool, int ic, int oc, int stride, boolean identity, Mode mode) {
      this.pool = pool;
      this.mode = mode;
      this.identity = identity;
      layers = new Layers(MOMENTUM, EPSILON, mode);
      a = new Unit(layers, "a", Window.same(3, 3, stride, stride), ic, 10, random);
      b = new Unit(layers, "b", Window.valid(1, 1, 1, 1), 10, oc, random);
      p =
          identity
              ? null
              : new Unit(layers, "p", Window.valid(1, 1, stride, stride), ic, oc, random);
      c = layers.conv("c", Window.same(3, 3, 1, 1), oc, 9, true, null);
      for (Parameter parameter : layers.store().parameters()) {
        float[] values = Values.normal(random, parameter.size(), 0.3);
        if (parameter.name().equals("moving_variance") || parameter.name().equals("gamma")) {
          for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + Math.abs(values[i]);
          }
        }
        parameter.setValues(values);
      }
      x = Values.normal(random, new Shape(3, 9, 7, ic));
      ya = Tensor.zeros(a.conv.outputShape(x.shape()));
      yb = Tensor.zeros(b.conv.outputShape(ya.shape()));
      yp = Tensor.zeros(yb.shape());
      out = Tensor.zeros(yb.shape());
      yc = Tensor.zeros(c.outputShape(out.shape()));
      dc = Values.normal(random, yc.shape());
      dOut = Tensor.zeros(out.shape());
      dza = Tensor.zeros(ya.shape());
      dx = Tensor.zeros(x.shape());
    }

    void run() {
      gradients = layers.store().newArray();
      TrainingContext context =
          new TrainingContext(new Scratch(pool), () -> gradients, inputTrained);
      ConvTraining convA = a.conv.training(context, context.input());
      BatchNormTraining bnA = a.bn.training(context, convA);
      ConvTraining convB = b.conv.training(context, bnA);
      BatchNormTraining bnB = b.bn.training(context, convB);
      ConvTraining convP = identity ? null : p.conv.training(context, context.input());
      BatchNormTraining bnP = identity ? null : p.bn.training(context, convP);
      context.beginBlock();
      ConvTraining convC = c.training(context, context.input());

      Operand xIn = Operand.of(x);
      convA.forward(xIn, ya, bnA.statistics());
      bnA.finishStatistics();
      Operand activated = bnA.activated(ya, Activation.RELU);
      convB.forward(activated, yb, bnB.statistics());
      bnB.finishStatistics();
      Join join;
      if (identity) {
        join = Join.identity(bnB, yb, x, Activation.RELU, out);
      } else {
        convP.forward(xIn, yp, bnP.statistics());
        bnP.finishStatistics();
        join = Join.projection(bnB, yb, bnP, yp, Activation.RELU, out);
      }
      join.forward();
      convC.forward(Operand.of(out), yc);

      convC.backwardWeights(Operand.of(out), Operand.of(dc));
      convC.backwardData(Operand.of(dc), dOut, join.gradientSums());
      bnB.finishGradients();
      bnB.formInputGradient(dOut, yb);
      Operand dyb = Operand.of(yb);
      convB.backwardWeights(activated, dyb);
      Epilogue sums = bnA.gradientSums(ya, Activation.RELU);
      convB.backwardData(dyb, dza, sums);
      bnA.finishGradients();
      bnA.formInputGradient(dza, ya);
      convA.backwardWeights(xIn, Operand.of(ya));
      if (identity) {
        convA.backwardData(Operand.of(ya), dx, dOut, null);
      } else {
        bnP.finishGradients();
        bnP.formInputGradient(dOut, yp);
        Operand dyp = Operand.of(yp);
        convP.backwardWeights(xIn, dyp);
        convP.backwardData(dyp, dx);
        convA.backwardData(Operand.of(ya), dx, dx, null);
      }
    }

    void check() {
      float[][] moving = {
        a.parameter(4, layers).values(), a.parameter(5, layers).values(),
      };
      run();
      ReferenceTensor rx = ReferenceTensor.of(x);
      ReferenceTensor za = a.forward(rx, layers, mode);
      ReferenceTensor zb = b.forward(ReferenceActivation.forward(RELU, za), layers, mode);
      ReferenceTensor shortcut = identity ? rx : p.forward(rx, layers, mode);
      ReferenceTensor sum = ReferenceAdd.forward(zb, shortcut);
      ReferenceTensor rOut = ReferenceActivation.forward(RELU, sum);
      Values.assertClose("out", out.toArray(), rOut.data(), BOUND);

      double[] kernelC = ReferenceTensor.doubles(c.kernel().values());
      ReferenceTensor drOut =
          ReferenceConv.backwardData(ReferenceTensor.of(dc), kernelC, c.window(), out.shape());
      ReferenceTensor dSum = ReferenceActivation.backward(RELU, sum, drOut);
      ReferenceTensor dActivated = b.backward(dSum, layers, mode, gradients);
      ReferenceTensor dzA = ReferenceActivation.backward(RELU, za, dActivated);
      ReferenceTensor dxMain = a.backward(dzA, layers, mode, gradients);
      ReferenceTensor dxShortcut = identity ? dSum : p.backward(dSum, layers, mode, gradients);
      ReferenceTensor wanted = ReferenceAdd.forward(dxMain, dxShortcut);
      Values.assertClose("dx", dx.toArray(), wanted.data(), BOUND);
      checkMoving(moving);
    }

    private void checkMoving(float[][] before) {
      double[][] batch = {a.statistics.mean(), a.statistics.variance()};
      for (int i = 0; i < 2; i++) {
        double[] old = ReferenceTensor.doubles(before[i]);
        double[] wanted =
            a.usesMoving(mode) ? old : ReferenceBatchNorm.moved(old, batch[i], MOMENTUM);
        Values.assertClose("moving", a.parameter(4 + i, layers).values(), wanted, 1e-6);
      }
    }
  }
}
