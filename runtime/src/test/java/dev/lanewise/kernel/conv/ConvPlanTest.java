package dev.lanewise.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PackedMatrix;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.gemm.ConvProduct;
import dev.lanewise.kernel.gemm.Gemm;
import dev.lanewise.kernel.gemm.TapWeightGradient;
import dev.lanewise.kernel.gemm.TransposedProduct;
import dev.lanewise.kernel.gemm.WeightGradient;
import dev.lanewise.kernel.gemm.WeightProduct;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.kernel.winograd.Winograd;
import dev.lanewise.kernel.winograd.WinogradSliceGradient;
import dev.lanewise.kernel.winograd.WinogradWeightGradient;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceConv;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which products are planned for which shapes, and that each gives what plain loops do. */
class ConvPlanTest {
  private static final WorkerPool POOL = new WorkerPool(2);
  private static final Window SAME = Window.same(3, 3, 1, 1);

  /**
   * A convolution and its products.
   *
   * @param forward null where the map's border is copied first, which the plan wraps around Gemm
   * @param weights null as for forward
   */
  record Case(
      ConvAlgorithm algorithm,
      Window window,
      Shape in,
      int oc,
      Class<? extends ConvProduct> forward,
      Class<? extends ConvProduct> backward,
      Class<? extends WeightProduct> weights) {}

  @AfterAll
  static void close() {
    POOL.close();
  }

  static List<Case> cases() {
    return List.of(
        direct(Window.valid(1, 1, 1, 1), new Shape(3, 9, 7, 20), WeightGradient.class),
        direct(Window.same(3, 3, 2, 2), new Shape(3, 9, 7, 20), WeightGradient.class),
        direct(SAME, new Shape(3, 9, 7, 20), WeightGradient.class),
        // So small a map that most windows reach over its border.
        direct(SAME, new Shape(33, 2, 2, 20), TapWeightGradient.class),
        // Few channels: a copy with its border is read.
        new Case(
            ConvAlgorithm.DIRECT,
            Window.padded(7, 7, 2, 2, 3, 3, 3, 3),
            new Shape(2, 15, 13, 3),
            20,
            null,
            TransposedProduct.class,
            null),
        byTwo(new Shape(3, 9, 7, 20), 30, WinogradSliceGradient.class),
        byTwo(new Shape(33, 2, 2, 20), 30, WinogradSliceGradient.class),
        byTwo(new Shape(3, 9, 7, 65), 30, WinogradWeightGradient.class),
        byTwo(new Shape(3, 9, 7, 20), 65, WinogradWeightGradient.class));
  }

  private static Case direct(Window window, Shape in, Class<? extends WeightProduct> weights) {
    return new Case(
        ConvAlgorithm.DIRECT, window, in, 30, Gemm.class, TransposedProduct.class, weights);
  }

  private static Case byTwo(Shape in, int oc, Class<? extends WeightProduct> weights) {
    return new Case(
        ConvAlgorithm.WINOGRAD_2, SAME, in, oc, Winograd.class, Winograd.class, weights);
  }

  private static ConvPlan plan(Case c) {
    Groups groups = Groups.of(1, c.in().c(), c.oc());
    PackedMatrix layout = ConvKernel.layout(c.window(), groups);
    Scratch scratch = new Scratch(POOL, c.algorithm());
    return new ConvPlan(scratch, c.window(), groups, layout, new FixedFilter(), c.in());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plansTheProductThatSuitsTheShape(Case c) {
    ConvPlan plan = plan(c);
    if (c.forward() == null) {
      assertThat(plan.forward()).isNotInstanceOfAny(Gemm.class, Winograd.class);
      assertThat(plan.weightGradient()).isNotInstanceOf(WeightGradient.class);
    } else {
      assertThat(plan.forward()).isInstanceOf(c.forward());
      assertThat(plan.inference()).isInstanceOf(c.forward());
      assertThat(plan.weightGradient()).isInstanceOf(c.weights());
    }
    assertThat(plan.backward()).isInstanceOf(c.backward());
    assertThat(plan.forward()).isSameAs(plan.forward()).isNotSameAs(plan.inference());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachProductIsExactOnSmallIntegers(Case c) {
    SplittableRandom random = new SplittableRandom(1);
    ConvPlan plan = plan(c);
    PackedMatrix layout = ConvKernel.layout(c.window(), Groups.of(1, c.in().c(), c.oc()));
    Tensor src = Values.integers(random, c.in());
    float[] kernel = Values.integers(random, layout.rows() * layout.columns());
    float[] bias = Values.integers(random, c.oc());
    float[] packed = Arena.allocate(layout.size());
    layout.pack(kernel, packed, Arena.FIRST);
    Weights weights = new Weights(packed, Arena.FIRST, bias, 0);

    ReferenceTensor x = ReferenceTensor.of(src);
    double[] w = ReferenceTensor.doubles(kernel);
    ReferenceTensor y =
        ReferenceConv.forward(x, w, ReferenceTensor.doubles(bias), c.window(), c.oc());
    Epilogue store = Epilogue.store();
    for (ConvProduct product : List.of(plan.forward(), plan.inference())) {
      Tensor dst = poisoned(y.shape());
      product.run(Operand.of(src), weights, dst, null, store);
      Values.assertEqual("forward " + c, dst.toArray(), y.data());
    }

    Tensor dDst = Values.integers(random, y.shape());
    ReferenceTensor dy = ReferenceTensor.of(dDst);
    Tensor dSrc = poisoned(c.in());
    plan.backward().run(Operand.of(dDst), weights.withoutBias(), dSrc, null, store);
    Values.assertEqual(
        "backward " + c,
        dSrc.toArray(),
        ReferenceConv.backwardData(dy, w, c.window(), c.in()).data());

    float[] dWeights = Arena.allocate(layout.size());
    Arrays.fill(dWeights, Float.NaN);
    plan.weightGradient().run(Operand.of(src), Operand.of(dDst), dWeights, Arena.FIRST);
    Values.assertEqual(
        "weights " + c,
        layout.unpack(dWeights, Arena.FIRST),
        ReferenceConv.backwardWeights(x, dy, c.window()));
  }

  private static Tensor poisoned(Shape shape) {
    Tensor tensor = Tensor.zeros(shape);
    Arrays.fill(tensor.data(), Float.NaN);
    return tensor;
  }
}
