package dev.lanewise.kernel.conv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Epilogue;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.PointwiseFunctions;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.StoreEpilogue;
import dev.lanewise.kernel.Weights;
import dev.lanewise.kernel.grouped.Groups;
import dev.lanewise.kernel.winograd.FixedFilter;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.spec.Activation;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import dev.lanewise.testing.Values;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FixedFilterTest {
  private static final int IC = 65;
  private static final int OC = 70;

  private final WorkerPool pool = new WorkerPool(2);
  private final SplittableRandom random = new SplittableRandom(1);
  private final Tensor src = Values.normal(random, new Shape(3, 9, 7, IC));
  private final FixedFilter filter = new FixedFilter();
  private final ConvKernel kernel = newKernel(filter);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private ConvKernel newKernel(FixedFilter filter) {
    return newKernel(ConvAlgorithm.WINOGRAD_4, filter);
  }

  private ConvKernel newKernel(ConvAlgorithm algorithm, FixedFilter filter) {
    Scratch scratch = new Scratch(pool, algorithm);
    return new ConvKernel(scratch, Window.same(3, 3, 1, 1), Groups.of(1, IC, OC), filter);
  }

  private float[] weights() {
    float[] packed = Arena.allocate(kernel.weights().size());
    kernel.weights().pack(Values.normal(random, 9 * IC * OC, 0.1), packed, Arena.FIRST);
    return packed;
  }

  private float[] infer(ConvKernel kernel, float[] weights) {
    Tensor dst = Tensor.zeros(new Shape(3, 9, 7, OC));
    Epilogue relu = new StoreEpilogue(PointwiseFunctions.of(Activation.RELU));
    Weights packed = new Weights(weights, Arena.FIRST, new float[OC], 0);
    kernel.infer(Operand.of(src), packed, dst, null, relu);
    return dst.toArray();
  }

  @Test
  void resultsAreTheSameWhetherPointsAreKeptOrNot() {
    float[] weights = weights();
    float[] kept = infer(kernel, weights);
    assertThat(infer(kernel, weights)).isEqualTo(kept);
    filter.keep(false);
    assertThat(infer(kernel, weights)).isEqualTo(kept);
    assertThat(infer(kernel, weights)).isEqualTo(kept);
    filter.keep(true);
    assertThat(infer(kernel, weights)).isEqualTo(kept);
  }

  @Test
  void keepsPointsUntilWeightsAreSaidToHaveChanged() {
    float[] old = weights();
    float[] before = infer(kernel, old);
    float[] weights = weights();
    assertThat(infer(kernel, weights)).isEqualTo(before);
    System.arraycopy(weights, 0, old, 0, weights.length);
    filter.renew();
    assertThat(infer(kernel, old))
        .isEqualTo(infer(newKernel(new FixedFilter()), weights))
        .isNotEqualTo(before);
  }

  @Test
  void seesEachCallsWeightsWherePointsAreNotKept() {
    filter.keep(false);
    infer(kernel, weights());
    float[] weights = weights();
    assertThat(infer(kernel, weights)).isEqualTo(infer(newKernel(new FixedFilter()), weights));
  }

  @Test
  void kernelsShareWhatOneOfThemMade() {
    float[] weights = weights();
    float[] four = infer(kernel, weights);
    ConvKernel two = newKernel(ConvAlgorithm.WINOGRAD_2, filter);
    float[] byTwo = infer(two, weights);
    // Both transforms are kept beside each other: other weights are not looked at.
    float[] others = weights();
    assertThat(infer(newKernel(filter), others)).isEqualTo(four);
    assertThat(infer(newKernel(ConvAlgorithm.WINOGRAD_2, filter), others)).isEqualTo(byTwo);
  }
}
