package dev.lanewise.model.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.plot.NetworkPlot;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every activation in what is shown and saved of a network. */
class MixedActivationsTest {
  private static final ModelOptions OPTIONS =
      ModelOptions.of(40, 40, List.of("a", "b", "c")).withThreads(2);

  @TempDir private Path folder;

  @Test
  void areDrawnAndListed() {
    try (Model model = Model.build(MixedActivationsNetwork::new, OPTIONS)) {
      String drawing = NetworkPlot.svg("mixed", model.network().layerInfos());
      assertThat(drawing).contains("BN, SiLU<", "BN, leaky ReLU<", "BN, ReLU6<", "BN, ReLU<");
      assertThat(model.summary()).contains("(Activation)", "(LeakyReLU)", "(ReLU)");
    }
  }

  /** Loading compares the file's {@code model_config} with the network. */
  @Test
  void areSavedForKerasAndReadAgain() {
    Path file = folder.resolve("mixed.h5");
    try (Model model = Model.build(MixedActivationsNetwork::new, OPTIONS)) {
      model.save(file);
      try (Model loaded = Model.load(file, MixedActivationsNetwork::new, 2)) {
        List<Parameter> got = loaded.network().parameters();
        for (int i = 0; i < got.size(); i++) {
          assertThat(got.get(i).values()).isEqualTo(model.network().parameters().get(i).values());
        }
      }
    }
  }
}
