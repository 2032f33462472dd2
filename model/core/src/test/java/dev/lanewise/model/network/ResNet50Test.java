package dev.lanewise.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.layer.Parameter;
import dev.lanewise.network.InferencePass;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.network.TrainingPass;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.tensor.Tensor;
import dev.lanewise.testing.AllocatedBytes;
import dev.lanewise.train.Adam;
import dev.lanewise.train.KernelInitializers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tutorials' ResNet50: its parameters, its names, and the sizes that it takes. */
class ResNet50Test {
  private static Network network(int height, int width, int classes, WorkerPool pool) {
    return new ResNet50Network(
        new NetworkOptions(height, width, classes, 1, KernelInitializers.zeros(), pool));
  }

  @Test
  void hasTheTutorialsParameters() {
    try (WorkerPool pool = new WorkerPool(1)) {
      List<Parameter> parameters = network(64, 64, 6, pool).parameters();
      assertThat(parameters.stream().mapToLong(Parameter::size).sum()).isEqualTo(23_600_006);
      assertThat(parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum())
          .isEqualTo(23_546_886);
    }
  }

  @Test
  void hasTheTutorialsNames() {
    try (WorkerPool pool = new WorkerPool(1)) {
      List<String> names =
          network(64, 64, 6, pool).layerInfos().stream().map(LayerInfo::name).toList();
      assertThat(names)
          .doesNotHaveDuplicates()
          .startsWith("input_1", "zero_padding2d_1", "conv1", "bn_conv1", "activation_1")
          .contains("res2a_branch2a", "bn2a_branch2a", "res2a_branch1", "bn2a_branch1")
          .contains("res3d_branch2b", "bn4f_branch2c", "res5c_branch2c")
          .endsWith("activation_49", "avg_pool", "flatten_1", "fc6");
    }
  }

  @ParameterizedTest
  @CsvSource({"33, 33, 2", "33, 64, 10", "50, 41, 3"})
  void trainsOnAnySizeFrom33(int height, int width, int classes) {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network =
          new ResNet50Network(new NetworkOptions(height, width, classes, 1, null, pool));
      TrainingPass pass = network.trainingPass(2);
      Tensor input = pass.input();
      for (int i = 0; i < input.shape().size(); i++) {
        input.data()[input.offset() + i] = i % 7 / 7f;
      }
      double first = pass.forwardBackward(new int[] {0, 1});
      assertThat(first).isPositive().isFinite();
      pass.update(new Adam(1e-3));
      InferencePass inference = network.inferencePass(2);
      inference.input();
      assertThat(inference.infer().toArray()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void warmUpChangesNoParameter() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network(33, 33, 2, pool);
      List<float[]> before = network.parameters().stream().map(Parameter::values).toList();
      network.trainingPass(4).warmUp();
      List<float[]> after = network.parameters().stream().map(Parameter::values).toList();
      for (int i = 0; i < before.size(); i++) {
        assertThat(after.get(i)).isEqualTo(before.get(i));
      }
    }
  }

  @Test
  void refusesImagesThatAreTooSmall() {
    try (WorkerPool pool = new WorkerPool(1)) {
      assertThatThrownBy(() -> network(4, 64, 6, pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("max_pooling2d_1")
          .hasMessageContaining("too small");
    }
  }

  @Test
  void allocatesNothingInAStep() {
    try (WorkerPool pool = new WorkerPool(2)) {
      Network network = network(33, 33, 6, pool);
      Adam adam = new Adam(1e-3);
      int[] labels = {0, 5};
      TrainingPass pass = network.trainingPass(2);
      Arrays.fill(pass.input().data(), 0.5f);
      long bytes =
          AllocatedBytes.leastOf(
              400,
              () -> {
                pass.input();
                pass.forwardBackward(labels);
                pass.update(adam);
              });
      assertThat(bytes).isLessThan(500);
    }
  }
}
