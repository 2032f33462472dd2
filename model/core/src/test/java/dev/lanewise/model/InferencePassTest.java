package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.layer.FoldedWeights;
import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Inference passes beside each other, and the weights that they share. */
class InferencePassTest {
  private static final int THREADS = 3;

  private final WorkerPool pool = new WorkerPool(2);
  private final Network network =
      new CifarResNet20Network(new NetworkOptions(32, 32, 5, 1, null, pool));

  @AfterEach
  void closePool() {
    pool.close();
  }

  private static void fill(Tensor input, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = (float) random.nextDouble();
    }
  }

  private static float[] infer(InferencePass pass, int seed) {
    fill(pass.input(), seed);
    return pass.infer().toArray();
  }

  /** Batch sizes of which some use other transforms of the same weights. */
  private static int images(int seed) {
    return 1 + seed % 4 * 3;
  }

  @Test
  void passesOnThreadsOfTheirOwnShareOneCopyOfTheWeights()
      throws InterruptedException, ExecutionException {
    List<float[]> wanted = new ArrayList<>();
    for (int seed = 0; seed < 4 * THREADS; seed++) {
      wanted.add(infer(network.inferencePass(images(seed)), seed));
    }
    FoldedWeights shared = network.foldedWeights();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<List<float[]>>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        results.add(threads.submit(() -> inferred(shared, first)));
      }
      for (int thread = 0; thread < THREADS; thread++) {
        List<float[]> got = results.get(thread).get();
        for (int i = 0; i < got.size(); i++) {
          assertThat(got.get(i)).isEqualTo(wanted.get(thread + i * THREADS));
        }
      }
    }
  }

  private List<float[]> inferred(FoldedWeights shared, int first) {
    List<float[]> results = new ArrayList<>();
    try (WorkerPool own = new WorkerPool(1)) {
      PassMemory memory = new PassMemory(own);
      for (int seed = first; seed < 4 * THREADS; seed += THREADS) {
        results.add(infer(network.inferencePass(images(seed), shared, memory), seed));
      }
    }
    return results;
  }

  @Test
  void weightsFollowTheParameters() {
    InferencePass pass = network.inferencePass(2);
    float[] before = infer(pass, 1);
    Parameter first = network.parameters().getFirst();
    float[] values = first.values();
    float[] moved = values.clone();
    moved[3] += 0.5f;
    first.setValues(moved);
    assertThat(infer(pass, 1)).isNotEqualTo(before);
    first.setValues(values);
    assertThat(infer(pass, 1)).isEqualTo(before);
  }

  @Test
  void weightsFoldedForGoodAreTheOnlyOnes() {
    FoldedWeights copy = network.foldedWeights();
    InferencePass early = network.inferencePass(2, copy, network.newMemory());
    float[] wanted = infer(network.inferencePass(2), 1);
    FoldedWeights forGood = network.foldForGood();
    assertThat(network.foldForGood()).isSameAs(forGood);
    assertThat(network.foldedWeights()).isSameAs(forGood);
    assertThat(infer(network.inferencePass(2), 1)).isEqualTo(wanted);
    assertThatThrownBy(() -> infer(early, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the normalisations are folded into the parameters already: take the weights of"
                + " foldForGood");
  }

  @Test
  void wantsItsInputFirst() {
    PassMemory memory = network.newMemory();
    FoldedWeights weights = network.foldedWeights();
    InferencePass first = network.inferencePass(2, weights, memory);
    InferencePass second = network.inferencePass(1, weights, memory);
    assertThatThrownBy(first::infer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the input is not filled: call input() first");
    fill(first.input(), 1);
    fill(second.input(), 1);
    assertThatThrownBy(first::infer).isInstanceOf(IllegalStateException.class);
    second.infer();
    InferencePass larger = network.inferencePass(40, weights, memory);
    assertThat(infer(larger, 1)).hasSize(40 * 5);
    assertThatThrownBy(second::input)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("plan another");
  }

  @Test
  void oneResultHoldsWhileAnotherPassRuns() {
    FoldedWeights weights = network.foldedWeights();
    PassMemory memory = network.newMemory();
    InferencePass first = network.inferencePass(2, weights, memory);
    InferencePass second = network.inferencePass(2, weights, memory);
    fill(first.input(), 1);
    Tensor result = first.infer();
    float[] before = result.toArray();
    infer(second, 2);
    assertThat(result.toArray()).isEqualTo(before);
  }
}
