package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.layer.PassMemory;
import dev.lanewise.network.BlockGradients;
import dev.lanewise.network.GradientListener;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.SoftmaxCrossEntropy;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.train.ParameterRange;
import dev.lanewise.train.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients and the seam before the optimiser, losses, and memory that passes share. */
class TrainingPassTest {
  private static final int BATCH = 4;
  private static final int[] LABELS = {0, 1, 2, 1};

  private final WorkerPool pool = new WorkerPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private NetworkOptions options() {
    return new NetworkOptions(16, 18, 3, 5, null, pool);
  }

  private Network tiny() {
    return new TinyNetwork(options());
  }

  /** Its normalisations do not depend on the batch, so gradients of parts add up. */
  private Network moving() {
    return new TinyMovingNetwork(options());
  }

  private static void fill(Tensor input, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = (float) random.nextDouble();
    }
  }

  private static TrainingPass filled(Network network) {
    TrainingPass pass = network.trainingPass(BATCH);
    fill(pass.input(), 1);
    return pass;
  }

  private static List<Parameter> trained(Network network) {
    return network.parameters().stream().filter(p -> p.trainable() && !p.frozen()).toList();
  }

  private static List<float[]> values(Network network) {
    return network.parameters().stream().map(Parameter::values).toList();
  }

  private static void assertSame(List<float[]> got, List<float[]> wanted) {
    assertThat(got).hasSameSizeAs(wanted);
    for (int i = 0; i < got.size(); i++) {
      assertThat(got.get(i)).as("array %d", i).isEqualTo(wanted.get(i));
    }
  }

  /** What a listener was told, and the gradients as they were then. */
  private static final class Recorder implements GradientListener {
    private final List<String> names = new ArrayList<>();
    private final List<ParameterRange> ranges = new ArrayList<>();
    private final List<float[]> copies = new ArrayList<>();

    @Override
    public void blockDone(BlockGradients gradients) {
      names.add(gradients.index() + " " + gradients.name());
      for (ParameterRange range : gradients.ranges()) {
        ranges.add(range);
        copies.add(Arrays.copyOfRange(gradients.values(), range.from(), range.to()));
      }
    }

    private void assertFinal(float[] gradients) {
      for (int i = 0; i < ranges.size(); i++) {
        ParameterRange range = ranges.get(i);
        assertThat(copies.get(i))
            .isEqualTo(Arrays.copyOfRange(gradients, range.from(), range.to()));
      }
    }

    private int size() {
      return ranges.stream().mapToInt(range -> range.to() - range.from()).sum();
    }
  }

  @Test
  void listenerSeesFinalGradientsFromTheLastBlockDown() {
    Network network = tiny();
    TrainingPass pass = filled(network);
    Recorder recorder = new Recorder();
    pass.setGradientListener(recorder);
    pass.forwardBackward(LABELS);
    assertThat(recorder.names).containsExactly("4 head", "3 3a", "2 2b", "1 2a", "0 stem");
    recorder.assertFinal(pass.gradients());
    List<ParameterRange> upwards =
        pass.blockGradients().stream().flatMap(block -> block.ranges().stream()).toList();
    assertThat(upwards.reversed()).isEqualTo(recorder.ranges);
    assertThat(pass.blockGradients())
        .allSatisfy(block -> assertThat(block.values()).isSameAs(pass.gradients()));
    // A block's layers lie together, and each block's before those of the block above.
    assertThat(recorder.ranges).hasSize(5);
    for (int i = 1; i < 5; i++) {
      assertThat(recorder.ranges.get(i).to()).isEqualTo(recorder.ranges.get(i - 1).from());
    }
    int aligned = trained(network).stream().mapToInt(p -> (p.size() + 15) / 16 * 16).sum();
    assertThat(recorder.size()).isGreaterThanOrEqualTo(aligned);
  }

  @Test
  void listenerSeesNoFrozenGradients() {
    Network network = tiny();
    TrainingPass whole = filled(network);
    Recorder all = new Recorder();
    whole.setGradientListener(all);
    whole.forwardBackward(LABELS);
    network.freeze(name -> name.startsWith("res2a") || name.startsWith("bn2a"));
    TrainingPass pass = filled(network);
    Recorder some = new Recorder();
    pass.setGradientListener(some);
    pass.forwardBackward(LABELS);
    assertThat(some.names).isEqualTo(all.names);
    List<ParameterRange> wanted = new ArrayList<>(all.ranges);
    wanted.remove(3);
    assertThat(some.ranges).isEqualTo(wanted);
    some.assertFinal(pass.gradients());
  }

  @Test
  void listenerMayChangeGradientsBeforeTheOptimiserReadsThem() {
    Network wanted = tiny();
    TrainingPass byHand = filled(wanted);
    byHand.forwardBackward(LABELS);
    for (Parameter parameter : trained(wanted)) {
      float[] gradient = byHand.gradient(parameter);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] *= 0.5f;
      }
      byHand.setGradient(parameter, gradient);
      assertThat(byHand.gradient(parameter)).isEqualTo(gradient);
    }
    byHand.update(new Sgd(0.1));

    Network network = tiny();
    TrainingPass pass = filled(network);
    pass.setGradientListener(
        block -> {
          for (ParameterRange range : block.ranges()) {
            for (int i = range.from(); i < range.to(); i++) {
              block.values()[i] *= 0.5f;
            }
          }
        });
    pass.forwardBackward(LABELS);
    pass.update(new Sgd(0.1));
    assertSame(values(network), values(wanted));
  }

  @Test
  void warmUpDoesNotTellTheListenerAndKeepsParameters() {
    Network network = tiny();
    TrainingPass pass = network.trainingPass(BATCH);
    List<float[]> before = values(network);
    Recorder recorder = new Recorder();
    pass.setGradientListener(recorder);
    pass.warmUp();
    assertThat(recorder.names).isEmpty();
    assertSame(values(network), before);
    fill(pass.input(), 1);
    pass.forwardBackward(LABELS);
    assertThat(recorder.names).hasSize(5);
  }

  @Test
  void gradientsOfPartsAddUpToThoseOfTheBatch() {
    Network network = moving();
    TrainingPass whole = network.trainingPass(2 * BATCH);
    fill(whole.input(), 1);
    int[] labels = {0, 1, 2, 1, 2, 2, 0, 1};
    double loss = whole.forwardBackward(labels);

    float[] sum = network.newParameterArray();
    double parts = 0;
    TrainingPass part = network.trainingPass(BATCH);
    for (int p = 0; p < 2; p++) {
      Tensor input = part.input();
      int size = input.shape().size();
      Tensor images = whole.input();
      System.arraycopy(
          images.data(), images.offset() + p * size, input.data(), input.offset(), size);
      int[] own = Arrays.copyOfRange(labels, p * BATCH, (p + 1) * BATCH);
      parts += part.forwardBackward(own, 2 * BATCH);
      for (Parameter parameter : trained(network)) {
        float[] total = parameter.valuesIn(sum);
        float[] gradient = part.gradient(parameter);
        for (int i = 0; i < total.length; i++) {
          total[i] += gradient[i];
        }
        parameter.setValuesIn(sum, total);
      }
    }
    assertThat(parts).isCloseTo(loss, within(1e-6));
    for (Parameter parameter : trained(network)) {
      assertThat(parameter.valuesIn(sum))
          .as(parameter.layer() + "/" + parameter.name())
          .containsExactly(whole.gradient(parameter), within(1e-5f));
    }
    List<float[]> before = values(network);
    network.update(new Sgd(0.1), sum);
    assertThat(values(network).get(0)).isNotEqualTo(before.get(0));
  }

  @Test
  void takesAnyLoss() {
    Network network = moving();
    TrainingPass pass = filled(network);
    double loss = pass.forwardBackward(LABELS);
    List<float[]> gradients = trained(network).stream().map(pass::gradient).toList();
    assertThat(pass.forwardBackward(new SoftmaxCrossEntropy(LABELS, BATCH))).isEqualTo(loss);
    assertSame(trained(network).stream().map(pass::gradient).toList(), gradients);

    double sum =
        pass.forwardBackward(
            (logits, dLogits) -> {
              Arrays.fill(
                  dLogits.data(), dLogits.offset(), dLogits.offset() + dLogits.shape().size(), 1);
              double total = 0;
              for (float logit : logits.toArray()) {
                total += logit;
              }
              return total;
            });
    assertThat(sum).isFinite();
    Parameter bias = network.parameters().getLast();
    assertThat(pass.gradient(bias)).containsOnly(BATCH);
  }

  @Test
  void refusesLabelsAndDivisorsThatItCannotUse() {
    TrainingPass pass = filled(tiny());
    assertThatThrownBy(() -> pass.forwardBackward(new int[] {0, 1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a batch of 4 images requires as many labels, got 3");
    assertThatThrownBy(() -> pass.forwardBackward(new int[] {0, 1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a label requires a class from 0 to 2, got 3");
    assertThatThrownBy(() -> pass.forwardBackward(LABELS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a loss requires a positive, finite divisor, got 0.0");
  }

  @Test
  void saysWhatIsMissing() {
    Network network = tiny();
    TrainingPass pass = network.trainingPass(BATCH);
    assertThatThrownBy(() -> pass.forwardBackward(LABELS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the input is not filled: call input() first");
    assertThatThrownBy(pass::gradients)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("gradients require a backward pass first");
    fill(pass.input(), 1);
    pass.forwardBackward(LABELS);
    Parameter conv1 = network.parameters().getFirst();
    network.freeze(conv1.layer()::equals);
    assertThatThrownBy(() -> pass.gradient(conv1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("conv1/kernel is frozen and has no gradient");
    Parameter mean = network.parameters().stream().filter(p -> !p.trainable()).findFirst().get();
    network.freeze(name -> false);
    assertThatThrownBy(() -> pass.gradient(mean))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(mean.layer() + "/moving_mean is not trained by gradients");
  }

  @Test
  void isStaleAfterFreezing() {
    Network network = tiny();
    TrainingPass pass = filled(network);
    network.freeze("conv1"::equals);
    assertThat(pass.isCurrent()).isFalse();
    for (Runnable use :
        List.<Runnable>of(
            pass::input,
            pass::warmUp,
            () -> pass.forwardBackward(LABELS),
            () -> pass.update(new Sgd(1)))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("layers were frozen or unfrozen after this pass was planned; plan another");
    }
  }

  @Test
  void passesOverOneMemoryTakeTurns() {
    Network network = tiny();
    PassMemory memory = network.newMemory();
    TrainingPass first = network.trainingPass(BATCH, memory);
    TrainingPass second = network.trainingPass(BATCH, memory);
    fill(first.input(), 1);
    first.forwardBackward(LABELS);
    first.blockOutputs();
    fill(second.input(), 2);
    assertThatThrownBy(() -> first.forwardBackward(LABELS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the input is not filled: call input() first");
    assertThatThrownBy(first::blockOutputs)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("another pass has overwritten the blocks' outputs");
    first.gradients();
    second.forwardBackward(LABELS);
    assertThatThrownBy(() -> first.update(new Sgd(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "another pass has overwritten the gradients; they require another backward pass");
    second.update(new Sgd(1));

    // More than the least array holds.
    network.trainingPass(400, memory);
    assertThat(second.isCurrent()).isFalse();
    assertThatThrownBy(second::input)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the memory of this pass was given to a larger one; plan another");
  }

  @Test
  void passesWithMemoriesOfTheirOwnStandSideBySide() {
    Network network = tiny();
    TrainingPass first = filled(network);
    double loss = first.forwardBackward(LABELS);
    float[] gradients = first.gradients().clone();
    TrainingPass second = network.trainingPass(BATCH);
    fill(second.input(), 2);
    assertThat(second.forwardBackward(LABELS)).isNotEqualTo(loss);
    assertThat(first.gradients()).isEqualTo(gradients);
    assertThat(second.gradients()).isNotEqualTo(gradients);
  }
}
