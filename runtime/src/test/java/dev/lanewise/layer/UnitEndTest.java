package dev.lanewise.layer;

import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceActivation;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.spec.Activation;
import dev.lanewise.spec.BatchNorm.Mode;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import dev.lanewise.train.KernelInitializers;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units that end in a convolution: two of them, the first activated on its way out or in. */
class UnitEndTest {
  private static final Window WINDOW = Window.same(3, 3, 1, 1);
  private static final double BOUND = 1e-4;

  @ParameterizedTest
  @EnumSource
  void activatesAndSumsAsThePlainOperations(Activation activation) {
    try (WorkerPool pool = new WorkerPool(2)) {
      for (int channels : List.of(1, 6, 16, 70, 129)) {
        check(pool, activation, channels);
      }
    }
  }

  private static void check(WorkerPool pool, Activation activation, int channels) {
    Layers layers = new Layers(0.9, 1e-3, Mode.BY_PHASE);
    Conv first = layers.conv("a", WINDOW, 5, channels, true, KernelInitializers.glorotUniform());
    Conv second = layers.conv("b", WINDOW, channels, 7, true, KernelInitializers.glorotUniform());
    layers.initialize(3, null);
    SplittableRandom random = new SplittableRandom(channels);
    first.bias().setValues(Values.normal(random, new Shape(1, 1, 1, channels)).toArray());
    float[] gradients = layers.store().newArray();
    TrainingContext context = new TrainingContext(new Scratch(pool), () -> gradients, true);
    ConvTraining a = first.training(context, context.input());
    ConvTraining b = second.training(context, a);

    Tensor x = Values.normal(random, new Shape(2, 6, 5, 5));
    Tensor y = Tensor.zeros(a.outputShape(x.shape()));
    Tensor out = Tensor.zeros(b.outputShape(y.shape()));
    boolean stored = activation.resultTellsDerivative();
    Operand read = stored ? Operand.of(y) : a.activated(y, activation);
    a.forward(Operand.of(x), y, stored ? activation : Activation.NONE);
    b.forward(read, out, Activation.NONE);

    double[] w1 = ReferenceTensor.doubles(first.kernel().values());
    double[] w2 = ReferenceTensor.doubles(second.kernel().values());
    double[] bias = ReferenceTensor.doubles(first.bias().values());
    ReferenceTensor z = ReferenceConv.forward(ReferenceTensor.of(x), w1, bias, WINDOW, channels);
    ReferenceTensor activated = ReferenceActivation.forward(activation, z);
    Values.assertClose(
        "out", out.toArray(), ReferenceConv.forward(activated, w2, null, WINDOW, 7).data(), BOUND);

    Tensor dOut = Values.normal(random, out.shape());
    Epilogue sums = a.gradientSums(y, activation);
    b.backwardWeights(read, Operand.of(dOut));
    b.backwardData(Operand.of(dOut), y, sums);
    a.backwardWeights(Operand.of(x), Operand.of(y));

    ReferenceTensor d = ReferenceTensor.of(dOut);
    ReferenceTensor dz =
        ReferenceActivation.backward(
            activation, z, ReferenceConv.backwardData(d, w2, WINDOW, z.shape()));
    Values.assertClose("dy, over y", y.toArray(), dz.data(), BOUND);
    Values.assertClose(
        "dBias", first.bias().valuesIn(gradients), ReferenceConv.backwardBias(dz), BOUND);
    Values.assertClose(
        "dKernel",
        first.kernel().valuesIn(gradients),
        ReferenceConv.backwardWeights(ReferenceTensor.of(x), dz, WINDOW),
        BOUND);
  }
}
