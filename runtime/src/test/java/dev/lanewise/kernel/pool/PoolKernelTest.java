package dev.lanewise.kernel.pool;

import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.reference.ReferenceAveragePool;
import dev.lanewise.reference.ReferenceMaxPool;
import dev.lanewise.reference.ReferenceTensor;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Poolings against plain loops; small integers, so that maxima have ties. */
class PoolKernelTest {
  private static final WorkerPool POOL = new WorkerPool(2);

  record Case(Window window, Shape in) {}

  @AfterAll
  static void close() {
    POOL.close();
  }

  static List<Case> cases() {
    Window[] windows = {
      Window.valid(2, 2, 2, 2),
      Window.valid(3, 3, 2, 2),
      Window.same(3, 3, 2, 2),
      Window.same(2, 2, 2, 2),
      Window.same(2, 3, 1, 1),
      Window.padded(3, 3, 2, 2, 1, 1, 1, 1),
      Window.valid(2, 2, 3, 4),
      Window.valid(5, 6, 5, 6),
    };
    List<Case> cases = new ArrayList<>();
    for (Window window : windows) {
      for (int channels : new int[] {1, 6, 16, 70, 129}) {
        cases.add(new Case(window, new Shape(2, 5, 6, channels)));
        cases.add(new Case(window, new Shape(3, 9, 13, channels)));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void takesTheFirstMaximum(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    PoolKernel pool = new PoolKernel(new Scratch(POOL), true);
    Tensor src = Values.integers(random, c.in());
    ReferenceTensor x = ReferenceTensor.of(src);
    ReferenceTensor y = ReferenceMaxPool.forward(x, c.window());
    Tensor dst = Tensor.zeros(y.shape());
    Tensor argmax = Tensor.zeros(y.shape());
    pool.forward(c.window(), Operand.of(src), dst, argmax);
    Values.assertEqual("forward", dst.toArray(), y.data());

    Tensor dDst = Values.integers(random, y.shape());
    Tensor dSrc = Values.integers(random, c.in());
    pool.backward(c.window(), dDst, argmax, dSrc, null);
    ReferenceTensor wanted = ReferenceMaxPool.backward(x, ReferenceTensor.of(dDst), c.window());
    Values.assertEqual("backward", dSrc.toArray(), wanted.data());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void averagesPlacesInside(Case c) {
    SplittableRandom random = new SplittableRandom(c.toString().hashCode());
    PoolKernel pool = new PoolKernel(new Scratch(POOL), false);
    Tensor src = Values.normal(random, c.in());
    ReferenceTensor y = ReferenceAveragePool.forward(ReferenceTensor.of(src), c.window());
    Tensor dst = Tensor.zeros(y.shape());
    pool.forward(c.window(), Operand.of(src), dst, null);
    Values.assertClose("forward", dst.toArray(), y.data(), 1e-6);

    Tensor dDst = Values.normal(random, y.shape());
    Tensor dSrc = Values.normal(random, c.in());
    pool.backward(c.window(), dDst, null, dSrc, null);
    ReferenceTensor wanted =
        ReferenceAveragePool.backward(ReferenceTensor.of(dDst), c.window(), c.in());
    Values.assertClose("backward", dSrc.toArray(), wanted.data(), 1e-6);
  }
}
