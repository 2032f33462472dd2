package dev.lanewise.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.KerasFiles;
import dev.lanewise.formats.keras.LayerOrder;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Networks;
import dev.lanewise.network.LayerInfo;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import dev.lanewise.testing.Shared;
import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The networks of Keras's example for CIFAR-10, against a file that the example saved. */
class CifarResNetTest {
  @Test
  void hasTheLayersOfTheExample() {
    try (WorkerPool pool = new WorkerPool(1);
        HdfFile file = new HdfFile(Shared.file("data", "keras", "cifar10_resnet20v1.h5"))) {
      Group weights = (Group) file.getByPath("model_weights");
      Network network = network("cifarresnet20", pool);
      assertThat(LayerOrder.ofKeras(network.layerInfos()))
          .extracting(LayerInfo::name)
          .containsExactly((String[]) weights.getAttribute("layer_names").getData());

      Map<String, List<Integer>> wanted = new LinkedHashMap<>();
      for (var layer : weights) {
        String name = layer.getName();
        for (String path : weightNames((Group) layer)) {
          int[] extents = weights.getDatasetByPath(name + "/" + path).getDimensions();
          wanted.put(path.replace(":0", ""), Arrays.stream(extents).boxed().toList());
        }
      }
      Map<String, List<Integer>> got = new LinkedHashMap<>();
      for (Parameter parameter : network.parameters()) {
        got.put(
            parameter.layer() + "/" + parameter.name(),
            Arrays.stream(parameter.shape()).boxed().toList());
      }
      assertThat(got).isEqualTo(wanted);
    }
  }

  @Test
  void isTheNetworkThatTheExamplesFileDescribes() {
    Path file = Shared.file("data", "keras", "cifar10_resnet20v1.h5");
    KerasConfig config = KerasConfig.parse(KerasFiles.read(file).config(), file.toString());
    try (WorkerPool pool = new WorkerPool(1)) {
      assertThat(config.differences(network("cifarresnet20", pool).layerInfos())).isEmpty();
    }
  }

  private static List<String> weightNames(Group layer) {
    Object names = layer.getAttribute("weight_names").getData();
    return names == null ? List.of() : Stream.of((Object[]) names).map(Object::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "cifarresnet20, 274442, 19",
    "cifarresnet32, 470218, 31",
    "cifarresnet44, 665994, 43",
    "cifarresnet56, 861770, 55"
  })
  void hasTheExamplesDepth(String name, int parameters, int normalisations) {
    try (WorkerPool pool = new WorkerPool(1)) {
      Network network = network(name, pool);
      assertThat(network.parameters().stream().mapToInt(Parameter::size).sum())
          .isEqualTo(parameters);
      assertThat(network.layerInfos())
          .extracting(LayerInfo::name)
          .contains("batch_normalization_" + normalisations, "add_" + (normalisations - 1) / 2)
          .doesNotContain("batch_normalization_" + (normalisations + 1));
    }
  }

  private static Network network(String name, WorkerPool pool) {
    return Networks.factory(name).create(new NetworkOptions(32, 32, 10, 1, null, pool));
  }
}
