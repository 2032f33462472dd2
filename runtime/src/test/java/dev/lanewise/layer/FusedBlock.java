package dev.lanewise.layer;

import static dev.lanewise.spec.Activation.RELU;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A residual block in fused calls against the same block in plain operations:
 *
 * <pre>conv a, bn a, relu, conv b, bn b, + (x or bn p of conv p of x), relu, conv c</pre>
 */
final class FusedBlock {
  static final double EPSILON = 1e-3;
  static final double MOMENTUM = 0.9;
  static final double BOUND = 2e-5;

  /**
   * Error as a part of the largest value: where an activation's results have bounds, of what it
   * reads, which spreads further.
   */
  private final double bound;

  private interface Comparison {
    void compare(String what, float[] got, double[] wanted);
  }

  /** One convolution and its normalisation, fused and plain. */
  private static final class Unit {
    final Conv conv;
    final BatchNorm bn;
    ReferenceTensor x;
    ReferenceTensor y;
    ReferenceBatchNorm.Result statistics;
    Comparison comparison;

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
      if (Arrays.stream(wanted).allMatch(value -> Math.abs(value) < 1e-9)) {
        // Zero but for rounding, as the gradient of a shift before a normalisation.
        for (float value : gradient) {
          assertThat(value).as("%s %s", conv.name(), what).isBetween(-1e-3f, 1e-3f);
        }
      } else {
        comparison.compare(conv.name() + " " + what, gradient, wanted);
      }
    }
  }

  private final SplittableRandom random = new SplittableRandom(7);
  private final WorkerPool pool;
  private final ConvAlgorithm algorithm;
  private final Mode mode;
  private final Activation activation;
  final Layers layers;
  private final boolean identity;
  boolean inputTrained = true;
  float[] gradients;
  final Unit a;
  final Unit b;
  final Unit p;
  final Conv c;
  final Tensor x;
  final Tensor ya;
  final Tensor yb;
  final Tensor yp;
  final Tensor out;
  final Tensor yc;
  final Tensor dc;
  final Tensor dOut;
  final Tensor dza;
  final Tensor dx;

  /** A block of ReLUs. */
  FusedBlock(WorkerPool pool, int ic, int oc, int stride, boolean identity, Mode mode) {
    this(pool, ConvAlgorithm.AUTO, ic, oc, stride, identity, mode, RELU, 1);
  }

  /**
   * A block.
   *
   * @param spread how far the normalised values spread
   */
  FusedBlock(
      WorkerPool pool,
      ConvAlgorithm algorithm,
      int ic,
      int oc,
      int stride,
      boolean identity,
      Mode mode,
      Activation activation,
      float spread) {
    this.pool = pool;
    this.algorithm = algorithm;
    this.mode = mode;
    this.activation = activation;
    this.identity = identity;
    bound = isBounded(activation) ? spread * BOUND : BOUND;
    layers = new Layers(MOMENTUM, EPSILON, mode);
    a = new Unit(layers, "a", Window.same(3, 3, stride, stride), ic, 10, random);
    b = new Unit(layers, "b", Window.valid(1, 1, 1, 1), 10, oc, random);
    p = identity ? null : new Unit(layers, "p", Window.valid(1, 1, stride, stride), ic, oc, random);
    c = layers.conv("c", Window.same(3, 3, 1, 1), oc, 9, true, null);
    for (Parameter parameter : layers.store().parameters()) {
      float[] values = Values.normal(random, parameter.size(), 0.3);
      if (parameter.name().equals("moving_variance") || parameter.name().equals("gamma")) {
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5f + Math.abs(values[i]);
          values[i] *= parameter.name().equals("gamma") ? spread : 1;
        }
      }
      parameter.setValues(values);
    }
    x = Values.normal(random, new Shape(3, 9, 7, ic));
    ya = poisoned(a.conv.outputShape(x.shape()));
    yb = poisoned(b.conv.outputShape(ya.shape()));
    yp = poisoned(yb.shape());
    out = poisoned(yb.shape());
    yc = poisoned(c.outputShape(out.shape()));
    dc = Values.normal(random, yc.shape());
    dOut = poisoned(out.shape());
    dza = poisoned(ya.shape());
    dx = poisoned(x.shape());
  }

  private static boolean isBounded(Activation activation) {
    return switch (activation) {
      case SIGMOID, TANH, HARD_SIGMOID -> true;
      case NONE, RELU, LEAKY_RELU, RELU6, SILU, GELU, HARD_SWISH -> false;
    };
  }

  void run() {
    gradients = layers.store().newArray();
    TrainingContext context =
        new TrainingContext(new Scratch(pool, algorithm), () -> gradients, inputTrained);
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
    Operand activated = bnA.activated(ya, activation);
    convB.forward(activated, yb, bnB.statistics());
    bnB.finishStatistics();
    Join join;
    if (identity) {
      join = Join.identity(bnB, yb, x, activation, out);
    } else {
      convP.forward(xIn, yp, bnP.statistics());
      bnP.finishStatistics();
      join = Join.projection(bnB, yb, bnP, yp, activation, out);
    }
    join.forward();
    convC.forward(Operand.of(out), yc, Activation.NONE);

    convC.backwardWeights(Operand.of(out), Operand.of(dc));
    convC.backwardData(Operand.of(dc), dOut, join.gradientSums());
    bnB.finishGradients();
    bnB.formInputGradient(dOut, yb);
    Operand dyb = Operand.of(yb);
    convB.backwardWeights(activated, dyb);
    Epilogue sums = bnA.gradientSums(ya, activation);
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
    check((what, got, wanted) -> Values.assertClose(what, got, wanted, bound));
  }

  /** As {@link #check()}, but single gradients may fall on the other side of a kink. */
  void checkNorms() {
    check((what, got, wanted) -> Values.assertNormClose(what, got, wanted, 1e-2));
  }

  private void check(Comparison comparison) {
    for (Unit unit : identity ? List.of(a, b) : List.of(a, b, p)) {
      unit.comparison = comparison;
    }
    float[][] moving = {
      a.parameter(4, layers).values(), a.parameter(5, layers).values(),
    };
    run();
    ReferenceTensor rx = ReferenceTensor.of(x);
    ReferenceTensor za = a.forward(rx, layers, mode);
    ReferenceTensor zb = b.forward(ReferenceActivation.forward(activation, za), layers, mode);
    ReferenceTensor shortcut = identity ? rx : p.forward(rx, layers, mode);
    ReferenceTensor sum = ReferenceAdd.forward(zb, shortcut);
    ReferenceTensor rOut = ReferenceActivation.forward(activation, sum);
    Values.assertClose(
        "out", out.toArray(), rOut.data(), algorithm == ConvAlgorithm.AUTO ? bound : 50 * bound);

    double[] kernelC = ReferenceTensor.doubles(c.kernel().values());
    ReferenceTensor drOut =
        ReferenceConv.backwardData(ReferenceTensor.of(dc), kernelC, c.window(), out.shape());
    ReferenceTensor dSum = ReferenceActivation.backward(activation, sum, drOut);
    ReferenceTensor dActivated = b.backward(dSum, layers, mode, gradients);
    ReferenceTensor dzA = ReferenceActivation.backward(activation, za, dActivated);
    ReferenceTensor dxMain = a.backward(dzA, layers, mode, gradients);
    ReferenceTensor dxShortcut = identity ? dSum : p.backward(dSum, layers, mode, gradients);
    ReferenceTensor wanted = ReferenceAdd.forward(dxMain, dxShortcut);
    comparison.compare("dx", dx.toArray(), wanted.data());
    checkMoving(moving);
  }

  /** Compares inference over folded weights with plain operations over stored statistics. */
  void checkInference() {
    FoldedWeights weights = new FoldedWeights(layers.store(), this::fold, null);
    InferenceContext context = new InferenceContext(new Scratch(pool, algorithm), weights);
    ConvInference convA = a.conv.inference(context);
    ConvInference convB = b.conv.inference(context);
    ConvInference convP = identity ? null : p.conv.inference(context);
    weights.refresh();
    convA.infer(x, ya, activation);
    Tensor shortcut = x;
    if (!identity) {
      convP.infer(x, yp, Activation.NONE);
      shortcut = yp;
    }
    convB.infer(ya, out, shortcut, activation);
    ReferenceTensor rx = ReferenceTensor.of(x);
    ReferenceTensor za = a.forward(rx, layers, mode);
    ReferenceTensor zb = b.forward(ReferenceActivation.forward(activation, za), layers, mode);
    ReferenceTensor sum = ReferenceAdd.forward(zb, identity ? rx : p.forward(rx, layers, mode));
    double[] wanted = ReferenceActivation.forward(activation, sum).data();
    Values.assertClose("out", out.toArray(), wanted, 5 * bound);
  }

  private void fold(FoldedWeights weights) {
    for (Unit unit : identity ? List.of(a, b) : List.of(a, b, p)) {
      weights.fold(unit.conv, unit.bn);
    }
  }

  private static Tensor poisoned(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), Float.NaN);
    return tensor;
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
