package dev.lanewise.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lanewise.kernel.ConvAlgorithm;
import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.model.Networks;
import dev.lanewise.network.HeadActivation;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image's result is the same bits alone and in any batch, where the memory is such. */
class BatchInvarianceTest {
  private static final int CLASSES = 7;
  private static final int MOST = 13;

  private final WorkerPool pool = new WorkerPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  /** Between them, their maps take every method: by place, direct, and all of Winograd's. */
  @ParameterizedTest
  @CsvSource({
    "resnet50, 64",
    "resnet50, 33",
    "kerasresnet50v2, 64",
    "torchresnet18, 96",
    "cifarresnet20, 32",
    "cifarresnet20, 29"
  })
  void isInvariant(String name, int size) {
    Network network = network(name, size);
    FoldedWeights weights = network.foldedWeights();
    PassMemory memory = PassMemory.batchInvariant(pool);
    float[][] alone = new float[MOST][];
    for (int image = 0; image < MOST; image++) {
      alone[image] = infer(network.inferencePass(1, weights, memory), image)[0];
    }
    for (int n : new int[] {2, 3, 5, 8, MOST}) {
      float[][] together = infer(network.inferencePass(n, weights, memory), 0);
      assertThat(together).as(n + " together").isDeepEqualTo(Arrays.copyOf(alone, n));
    }
  }

  /** Without it, a batch is computed by what is fastest for that batch. */
  @Test
  void otherMemoryIsNot() {
    assumeThat(ConvAlgorithm.preferred()).isEqualTo(ConvAlgorithm.AUTO);
    Network network = network("resnet50", 64);
    float[] alone = infer(network.inferencePass(1), 0)[0];
    float[] together = infer(network.inferencePass(MOST), 0)[0];
    assertThat(together).isNotEqualTo(alone);
  }

  /** The logits themselves: probabilities would be 0 and 1. */
  private Network network(String name, int size) {
    return Networks.entry(name)
        .factory()
        .create(
            new NetworkOptions(size, size, CLASSES, 1, null, pool).withHead(HeadActivation.LINEAR));
  }

  /** Infers images from a first one on. */
  private static float[][] infer(InferencePass pass, int first) {
    Tensor input = pass.input();
    int values = input.shape().size() / pass.images();
    for (int n = 0; n < pass.images(); n++) {
      SplittableRandom random = new SplittableRandom(first + n);
      for (int i = 0; i < values; i++) {
        input.data()[input.offset() + n * values + i] = (float) random.nextDouble();
      }
    }
    float[] result = pass.infer().toArray();
    float[][] rows = new float[pass.images()][];
    for (int n = 0; n < rows.length; n++) {
      rows[n] = Arrays.copyOfRange(result, n * CLASSES, (n + 1) * CLASSES);
    }
    return rows;
  }
}
