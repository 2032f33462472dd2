package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.layer.Parameter;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Residual branches that a step multiplies: as if gamma and beta of their ends were multiplied. */
class BranchGainsTest {
  private static final int BATCH = 4;
  private static final int[] LABELS = {0, 1, 2, 1};

  /** Powers of two, so that factors cost no rounding. */
  private static final double[] GAINS = {2, 0.5, 4};

  private static final List<String> ENDS =
      List.of("bn2a_branch2b", "bn2b_branch2b", "bn3a_branch2b");

  private final WorkerPool pool = new WorkerPool(2);

  @AfterEach
  void closePool() {
    pool.close();
  }

  private Network tiny() {
    return new TinyNetwork(new NetworkOptions(16, 18, 3, 5, null, pool));
  }

  private static TrainingPass filled(Network network) {
    TrainingPass pass = network.trainingPass(BATCH);
    fill(pass.input());
    return pass;
  }

  private static void fill(Tensor input) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < input.shape().size(); i++) {
      input.data()[input.offset() + i] = (float) random.nextDouble();
    }
  }

  private static boolean ends(Parameter parameter) {
    return ENDS.contains(parameter.layer()) && parameter.trainable();
  }

  private static double gain(Parameter parameter) {
    return ends(parameter) ? GAINS[ENDS.indexOf(parameter.layer())] : 1;
  }

  private static float[] times(float[] values, double factor) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] *= (float) factor;
    }
    return result;
  }

  @Test
  void areThoseOfGammaAndBeta() {
    Network network = tiny();
    TrainingPass pass = filled(network);
    pass.setBranchGains(GAINS);
    double loss = pass.forwardBackward(LABELS);

    Network scaled = tiny();
    for (Parameter parameter : scaled.parameters()) {
      parameter.setValues(times(parameter.values(), gain(parameter)));
    }
    TrainingPass plain = filled(scaled);
    assertThat(loss).isEqualTo(plain.forwardBackward(LABELS));
    List<Parameter> parameters = network.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (parameter.trainable()) {
        assertThat(pass.gradient(parameter))
            .as(parameter.layer() + "/" + parameter.name())
            .isEqualTo(times(plain.gradient(scaled.parameters().get(i)), gain(parameter)));
      }
    }
  }

  @Test
  void ofZeroLeaveABranchOut() {
    Network network = tiny();
    TrainingPass pass = filled(network);
    pass.setBranchGains(new double[] {1, 0, 1});
    pass.forwardBackward(LABELS);
    for (Parameter parameter : network.parameters()) {
      if (parameter.trainable() && parameter.layer().contains("2b_branch")) {
        assertThat(pass.gradient(parameter))
            .as(parameter.layer())
            .usingElementComparator((a, b) -> Math.abs(a) == Math.abs(b) ? 0 : 1)
            .containsOnly(0f);
      }
    }
  }

  @Test
  void holdForOneStep() {
    Network network = tiny();
    TrainingPass pass = filled(network);
    double plain = pass.forwardBackward(LABELS);
    fill(pass.input());
    pass.setBranchGains(new double[] {0, 0, 0});
    assertThat(pass.forwardBackward(LABELS)).isNotCloseTo(plain, within(1e-6));
    fill(pass.input());
    assertThat(pass.forwardBackward(LABELS)).isEqualTo(plain);
  }

  @Test
  void areAsManyAsBranches() {
    TrainingPass pass = filled(tiny());
    assertThat(pass.branches()).isEqualTo(3);
    assertThatThrownBy(() -> pass.setBranchGains(new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 branches require as many gains, got 1");
  }
}
