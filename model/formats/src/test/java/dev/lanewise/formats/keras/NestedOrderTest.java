package dev.lanewise.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keras's legacy files of models whose backbone is a model, trained whole or in part. */
class NestedOrderTest {
  private static final List<String> LAYERS =
      List.of("c1", "b1", "c2", "b2", "c3", "b3", "c4", "b4");

  @TempDir private Path folder;

  /** As {@code save_weights} lists them: what is trained, then what is not. */
  private static List<String> weightNames(Set<String> frozen) {
    List<String> trained = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (String layer : LAYERS) {
      List<String> arrays =
          layer.startsWith("c")
              ? List.of("kernel", "bias")
              : List.of("gamma", "beta", "moving_mean", "moving_variance");
      for (String array : arrays) {
        boolean fixed = frozen.contains(layer) || array.startsWith("moving_");
        (fixed ? rest : trained).add(layer + "/" + array + ":0");
      }
    }
    trained.addAll(rest);
    return trained;
  }

  private SavedWeights read(String frozen, String config) {
    Path path = folder.resolve("nested.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      WritableGroup root = file;
      if (config != null) {
        file.putAttribute("model_config", config);
        root = file.putGroup("model_weights");
      }
      root.putAttribute("layer_names", new String[] {"backbone"});
      WritableGroup backbone = root.putGroup("backbone");
      List<String> names = weightNames(Set.of(frozen.split(",")));
      backbone.putAttribute("weight_names", names.toArray(String[]::new));
      Map<String, WritableGroup> groups = new LinkedHashMap<>();
      for (String name : names) {
        String[] parts = name.split("/");
        Object values = parts[1].startsWith("kernel") ? new float[1][1][2][2] : new float[] {1, 2};
        groups.computeIfAbsent(parts[0], backbone::putGroup).putDataset(parts[1], values);
      }
    }
    return KerasFiles.read(path);
  }

  private static List<String> names(SavedWeights weights, String kind) {
    return weights.layers().stream()
        .map(SavedLayer::name)
        .filter(name -> name.startsWith(kind))
        .toList();
  }

  /** Nothing frozen, everything, all normalisations. */
  @ParameterizedTest
  @ValueSource(strings = {"", "c1,b1,c2,b2,c3,b3,c4,b4", "b1,b2,b3,b4"})
  void layersFrozenAlikeKeepTheirOrder(String frozen) {
    SavedWeights weights = read(frozen, null);
    assertThat(weights.ordered()).isTrue();
    assertThat(names(weights, "c")).containsExactly("c1", "c2", "c3", "c4");
    assertThat(names(weights, "b")).containsExactly("b1", "b2", "b3", "b4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"c1,b1", "c2", "b3", "c3,b3", "b1,b2,b3,b4,c2"})
  void theOrderOfLayersFrozenInPartIsUnknown(String frozen) {
    assertThat(read(frozen, null).ordered()).isFalse();
  }

  @Test
  void theConfigurationTellsTheirOrder() {
    String layers =
        LAYERS.stream()
            .map(name -> "{\"class_name\":\"Layer\",\"config\":{\"name\":\"" + name + "\"}}")
            .collect(Collectors.joining(","));
    String config =
        Stream.of("backbone", "model")
            .reduce(
                layers,
                (inner, name) ->
                    String.format(
                        "{\"class_name\":\"Model\",\"config\":{\"name\":\"%s\",\"layers\":[%s]}}",
                        name, inner));
    SavedWeights weights = read("c1,b1,c3", config);
    assertThat(weights.ordered()).isTrue();
    assertThat(weights.layers()).extracting(SavedLayer::name).containsExactlyElementsOf(LAYERS);
  }
}
