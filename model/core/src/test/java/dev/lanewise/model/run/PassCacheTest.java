package dev.lanewise.model.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.Stripes;
import dev.lanewise.model.TinyNetwork;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model's passes, which take turns in one memory. */
class PassCacheTest {
  private final WorkerPool pool = new WorkerPool(1);
  private final Network network =
      new TinyNetwork(
          new NetworkOptions(Stripes.SIZE, Stripes.SIZE, Stripes.CLASSES.size(), 1, null, pool));
  private final PassCache passes = new PassCache(network);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private float[] infer(int n) {
    InferencePass pass = passes.inference(n);
    Arrays.fill(pass.input().data(), 0.5f);
    return pass.infer().toArray();
  }

  private TrainingPass train(int n) {
    TrainingPass pass = passes.training(n);
    Arrays.fill(pass.input().data(), 0.5f);
    pass.forwardBackward(new int[n]);
    return pass;
  }

  @Test
  void plansAPassOncePerBatchSize() {
    TrainingPass training = passes.training(4);
    InferencePass inference = passes.inference(3);
    assertThat(passes.training(4)).isSameAs(training);
    assertThat(passes.inference(3)).isSameAs(inference);
    assertThat(passes.training(3)).isNotSameAs(training);
    assertThat(passes.training(3).images()).isEqualTo(3);
  }

  @Test
  void plansAnewWhereTheOtherPassNeedsMoreMemory() {
    TrainingPass training = train(2);
    // More than the least array holds.
    infer(1500);
    assertThat(training.isCurrent()).isFalse();
    assertThat(train(2)).isNotSameAs(training);
  }

  @Test
  void plansAnewWhereLayersWereFrozen() {
    TrainingPass training = train(2);
    network.freeze(name -> name.equals("conv1"));
    assertThat(train(2)).isNotSameAs(training);
  }

  @Test
  void inferenceTakesTheGradientsPlace() {
    TrainingPass training = train(2);
    float[] before = infer(2);
    assertThatThrownBy(training::gradients)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "another pass has overwritten the gradients; they require another backward pass");
    assertThat(infer(2)).isEqualTo(before);
    train(2).gradients();
    // The weights are folded anew.
    float[] after = infer(2);
    assertThat(after).isNotEqualTo(before);
    train(2).warmUp();
    assertThat(infer(2)).isNotEqualTo(before);
  }

  @Test
  void givesTransformedWeightsBack() {
    float[] before = infer(3);
    passes.keepTransformedWeights(false);
    assertThat(infer(3)).isEqualTo(before);
    passes.keepTransformedWeights(true);
    assertThat(infer(3)).isEqualTo(before);
    passes.foldForGood();
    assertThat(infer(3)).isEqualTo(before);
  }
}
