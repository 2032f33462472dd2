package dev.lanewise.kernel.winograd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.kernel.Operand;
import dev.lanewise.kernel.Scratch;
import dev.lanewise.kernel.conv.ConvKernel;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Shape;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.tensor.Window;
import org.junit.jupiter.api.Test;

class WinogradSliceGradientTest {
  @Test
  void memoryForResultsDoesNotGrowWithTheMap() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Scratch scratch = new Scratch(pool, ConvAlgorithm.WINOGRAD_4);
      ConvKernel kernel = new ConvKernel(scratch, Window.same(3, 3, 1, 1), 32, 32);
      Operand map = Operand.of(Tensor.zeros(new Shape(1, 512, 512, 32)));
      int size = kernel.weights().size();
      float[] gradient = Arena.allocate(size);
      kernel.backwardWeights(map, map, gradient, Arena.FIRST);
      int most = Arena.allocate(64 * size).length;
      assertThat(scratch.partials(0)).hasSizeLessThanOrEqualTo(most);
    }
  }
}
