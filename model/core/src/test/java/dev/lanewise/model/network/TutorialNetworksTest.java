package dev.lanewise.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.saved.ConfigDifference;
import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Networks;
import dev.lanewise.network.Network;
import dev.lanewise.network.NetworkOptions;
import dev.lanewise.parallel.WorkerPool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dialects of the tutorials, beside what Keras 3.15 wrote of models built as they build them
 * ({@code model.to_json()}), for images of 64x64 and 6 classes.
 */
class TutorialNetworksTest {
  private static <T> T use(String name, Function<Network, T> user) {
    try (WorkerPool pool = new WorkerPool(1)) {
      return user.apply(
          Networks.factory(name).create(new NetworkOptions(64, 64, 6, 1, null, pool)));
    }
  }

  private static List<ConfigDifference> differences(String tutorial, String name)
      throws IOException {
    String file = "tutorial_" + tutorial + ".json.gz";
    try (InputStream in =
        new GZIPInputStream(TutorialNetworksTest.class.getResourceAsStream(file))) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      KerasConfig config = KerasConfig.parse(json, file);
      return use(name, network -> config.differences(network.layerInfos()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, 23600006, 23546886",
    "resnet50linearstem, 23600006, 23546886",
    "resnet50narrowend, 17958790, 17907718",
    "resnet50uniform, 23600006, 23546886"
  })
  void haveTheTutorialsParameters(String name, long all, long trainable) {
    List<Parameter> parameters = use(name, network -> List.copyOf(network.parameters()));
    assertThat(parameters.stream().mapToLong(Parameter::size).sum()).isEqualTo(all);
    assertThat(parameters.stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum())
        .isEqualTo(trainable);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, resnet50",
    "linear_stem, resnet50linearstem",
    "narrow_end, resnet50narrowend",
    "unnamed, resnet50uniform"
  })
  void areWhatKerasBuilds(String tutorial, String name) throws IOException {
    assertThat(differences(tutorial, name)).isEmpty();
  }

  @Test
  void oneMissingActivationIsOneDifference() throws IOException {
    assertThat(differences("linear_stem", "resnet50"))
        .containsExactly(new ConfigDifference("activation_1", "layer", "Activation", "none"));
    assertThat(differences("plain", "resnet50linearstem"))
        .singleElement()
        .returns("none", ConfigDifference::wanted)
        .returns("Activation", ConfigDifference::found);
  }

  @Test
  void otherFiltersAreTheOnlyDifferences() throws IOException {
    List<String> wanted = new ArrayList<>();
    for (String block : List.of("5b", "5c")) {
      for (String unit : List.of("2a", "2b")) {
        String sentence = "layer 'res%s_branch%s': filters is 512 in the network, 256 in the file";
        wanted.add(sentence.formatted(block, unit));
      }
    }
    assertThat(differences("narrow_end", "resnet50"))
        .extracting(ConfigDifference::sentence)
        .containsExactlyInAnyOrderElementsOf(wanted);
  }

  /** The stem's normalisation is called as usual. */
  @Test
  void normalisationsByTheBatchAreTold() throws IOException {
    assertThat(differences("unnamed_training", "resnet50uniform"))
        .hasSize(52)
        .allMatch(ConfigDifference::changesPredictions)
        .extracting(ConfigDifference::property, ConfigDifference::found)
        .containsOnly(tuple("training", "true"));
  }

  @Test
  void identityBlocksStartBetweenTheUniformsBounds() {
    use(
        "resnet50uniform",
        network -> {
          for (Parameter parameter : network.parameters()) {
            if (parameter.name().equals("kernel")) {
              float most = 0;
              for (float value : parameter.values()) {
                most = Math.max(most, Math.abs(value));
              }
              // conv2d_6 is the first identity block's 1x1, whose Glorot bound would be 0.137.
              if (parameter.layer().equals("conv2d_6")) {
                assertThat(most).isBetween(0.049f, 0.05f);
              }
              // conv2d_2 is the 1x1 of the convolutional block before it: sqrt(6 / 128).
              if (parameter.layer().equals("conv2d_2")) {
                assertThat(most).isBetween(0.21f, 0.2166f);
              }
            }
          }
          return null;
        });
  }
}
