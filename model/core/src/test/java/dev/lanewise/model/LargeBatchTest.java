package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.model.network.CifarResNet20Network;
import dev.lanewise.model.network.ResNet50Network;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Arena;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.Adam;
import dev.lanewise.train.KernelInitializers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches whose activations do not fit one array. */
class LargeBatchTest {
  private static final int BATCH = 6;

  private final WorkerPool pool = new WorkerPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private Network cifar() {
    return new CifarResNet20Network(new NetworkOptions(32, 32, 5, 1, null, pool));
  }

  private Network large() {
    return new ResNet50Network(
        new NetworkOptions(224, 224, 1000, 1, KernelInitializers.zeros(), pool));
  }

  /** Trains three steps and infers; returns the losses, all parameters and the probabilities. */
  private static List<float[]> run(Network network, PassMemory memory) {
    Adam adam = new Adam(1e-2);
    TrainingPass training = network.trainingPass(BATCH, memory);
    InferencePass inference = network.inferencePass(BATCH, network.foldedWeights(memory), memory);
    int[] labels = {0, 1, 2, 3, 4, 0};
    List<float[]> results = new ArrayList<>();
    for (int step = 0; step < 3; step++) {
      fill(training.input(), step);
      results.add(new float[] {(float) training.forwardBackward(labels)});
      training.update(adam);
      fill(inference.input(), step);
      results.add(inference.infer().toArray());
    }
    network.parameters().stream().map(Parameter::values).forEach(results::add);
    return results;
  }

  private static void fill(Tensor input, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = (float) random.nextDouble();
    }
  }

  /** The largest map has 16 channels of 32x32; with smaller arrays more of them are needed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void severalArraysGiveTheSameBitsAsOne(int maps) {
    List<float[]> wanted = run(cifar(), new PassMemory(pool));
    PassMemory memory = new PassMemory(pool, Arena.FIRST + maps * BATCH * 32 * 32 * 16);
    Network network = cifar();
    List<float[]> got = run(network, memory);
    assertThat(got).hasSameSizeAs(wanted);
    for (int i = 0; i < got.size(); i++) {
      assertThat(got.get(i)).as("result %d", i).isEqualTo(wanted.get(i));
    }
    TrainingPass pass = network.trainingPass(BATCH, memory);
    pass.input();
    Stream<float[]> arrays = pass.blockOutputs().stream().map(Tensor::data);
    assertThat(arrays.map(System::identityHashCode).distinct().count()).isGreaterThan(1);
  }

  @Test
  void aBatchOf512ImagesOf224IsPlannedWithoutBeingAllocated() {
    Network network = large();
    long bytes = network.trainingBytes(512);
    assertThat(bytes).isGreaterThan(Float.BYTES * (1L << 31));
    // Each image takes as much as in a small batch, but for gaps at the ends of arrays.
    assertThat((double) bytes).isCloseTo(64.0 * network.trainingBytes(8), withinPercentage(5));
    assertThat(network.inferenceBytes(512)).isBetween(1L << 30, bytes / 4);
  }

  @Test
  void namesTheLayerThatIsTooLargeAndTheBatchThatFits() {
    Network network = large();
    String wanted =
        "layer conv1 puts out 802816 values for each image of 224x224, and an array holds"
            + " 2147483616: requires a batch of at most 2674 images, got ";
    assertThat(network.trainingBytes(2674)).isPositive();
    assertThat(network.inferenceBytes(2674)).isPositive();
    assertThatThrownBy(() -> network.trainingBytes(2675))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wanted + 2675);
    assertThatThrownBy(() -> network.trainingPass(1_000_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wanted + 1_000_000);
    assertThatThrownBy(() -> network.inferencePass(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(wanted + Integer.MAX_VALUE);
    PassMemory small = new PassMemory(pool, Arena.FIRST + 3 * 802816);
    assertThatThrownBy(() -> network.trainingPass(4, small))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "an array holds 2408448: requires a batch of at most 3 images, got 4");
  }
}
