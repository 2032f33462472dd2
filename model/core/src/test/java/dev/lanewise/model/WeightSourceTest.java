package dev.lanewise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.data.StandardPreprocessing;
import dev.lanewise.testing.Shared;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightSourceTest {
  @TempDir private Path folder;

  @Test
  void modelsSayEverythingAndWeightsNothing() {
    Path whole = folder.resolve("whole.h5");
    Path weights = folder.resolve("weights.safetensors");
    ModelOptions options =
        ModelOptions.of(40, 36, List.of("a", "b"))
            .withThreads(1)
            .withPreprocessing(StandardPreprocessing.CAFFE);
    try (Model model = Model.build("cifarresnet20", options)) {
      model.save(whole);
      model.saveWeights(weights);
    }
    assertThat(WeightSource.of(whole))
        .isEqualTo(new WeightSource("CifarResNet20", 40, 36, StandardPreprocessing.CAFFE));
    assertThat(WeightSource.of(weights)).isEqualTo(new WeightSource(null, 0, 0, null));
  }

  @Test
  void strangersSayTheSizeOfTheirImages() {
    assertThat(WeightSource.of(Shared.file("data", "keras", "cifar10_resnet20v1.h5")))
        .isEqualTo(new WeightSource(null, 32, 32, null));
  }
}
