package dev.lanewise.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedWeights;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the versions of Keras write, in small files made with h5py from the descriptions in Keras's
 * own savers. The arrays count up by quarters from a start that tells them apart.
 */
class KerasVariantsTest {
  @TempDir Path folder;

  static Path resource(String name) {
    try {
      return Path.of(KerasVariantsTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SavedArray ramp(String name, float start, int... shape) {
    float[] values = new float[IntStream.of(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = start + i / 4f;
    }
    return new SavedArray(name, shape, values);
  }

  private static SavedLayer stem(String name) {
    return new SavedLayer(name, List.of(ramp("kernel", 0, 1, 1, 2, 3), ramp("bias", 10, 3)));
  }

  private static SavedLayer norm(String name) {
    return new SavedLayer(
        name,
        List.of(
            ramp("gamma", 20, 3),
            ramp("beta", 30, 3),
            ramp("moving_mean", 40, 3),
            ramp("moving_variance", 50, 3)));
  }

  private static SavedLayer conv(String name, int i) {
    return new SavedLayer(
        name, List.of(ramp("kernel", 100 + i, 1, 1, 3, 3), ramp("bias", 200 + i, 3)));
  }

  private static SavedLayer head(String name) {
    return new SavedLayer(name, List.of(ramp("kernel", 300, 3, 2), ramp("bias", 400, 2)));
  }

  /** The model of the Keras 3 files, by class and counter. */
  private static List<SavedLayer> counted(int step) {
    List<SavedLayer> layers = new ArrayList<>(List.of(norm("batch_normalization"), stem("conv2d")));
    for (int i = 0; i < 12; i++) {
      layers.add(conv("conv2d_" + (i + 1) * step, i));
    }
    layers.add(head("dense"));
    return layers;
  }

  @Test
  void keras3WeightsGoByClassAndCounter() {
    SavedWeights weights = KerasFiles.read(resource("keras3.weights.h5"));
    assertThat(weights.named()).isFalse();
    assertThat(weights.ordered()).isTrue();
    assertThat(weights.config()).isNull();
    assertThat(weights.layers()).isEqualTo(counted(1));
  }

  @Test
  void tfKerasOnWindowsMakesOneNameOfAPath() {
    SavedWeights weights = KerasFiles.read(resource("tf_keras_windows.weights.h5"));
    assertThat(weights.named()).isFalse();
    assertThat(weights.ordered()).isTrue();
    assertThat(weights.layers()).isEqualTo(counted(2));
  }

  @Test
  void newerReleasesKeepTheLayersNames() {
    SavedWeights weights = KerasFiles.read(resource("keras3_named.weights.h5"));
    assertThat(weights.named()).isTrue();
    assertThat(weights.ordered()).isTrue();
    assertThat(weights.layers()).contains(stem("conv1"), norm("bn1"), conv("conv13", 11));
    assertThat(weights.layers()).hasSize(15);
  }

  @Test
  void anArchiveKnowsNamesAndOrder() {
    SavedWeights weights = KerasFiles.read(resource("keras3.keras"));
    assertThat(weights.format()).isEqualTo("Keras archive, version 3.5.0");
    assertThat(weights.named()).isTrue();
    List<SavedLayer> wanted = new ArrayList<>(List.of(stem("conv1"), norm("bn1")));
    for (int i = 0; i < 12; i++) {
      wanted.add(conv("conv" + (i + 2), i));
    }
    wanted.add(head("predictions"));
    assertThat(weights.layers()).isEqualTo(wanted);
    KerasConfig config = KerasConfig.parse(weights.config(), "keras3.keras");
    assertThat(config.height()).hasValue(4);
    assertThat(config.width()).hasValue(5);
    assertThat(config.channels()).hasValue(2);
  }

  @Test
  void layersOfNestedModelsGetTheirNamesAndPlaces() {
    SavedWeights archive = KerasFiles.read(resource("keras3_nested.keras"));
    assertThat(archive.named()).isTrue();
    assertThat(archive.ordered()).isTrue();
    assertThat(archive.layers())
        .containsExactly(stem("conv1"), norm("bn1"), conv("conv2", 0), head("predictions"));
    SavedWeights weights = KerasFiles.read(resource("keras3_nested.weights.h5"));
    assertThat(weights.named()).isFalse();
    assertThat(weights.ordered()).isFalse();
    assertThat(weights.layers())
        .containsExactlyInAnyOrder(
            stem("functional.conv2d"),
            norm("functional.batch_normalization"),
            conv("conv2d", 0),
            head("dense"));
  }

  @Test
  void everyKindOfStringFloatAndFilter() {
    SavedWeights weights = KerasFiles.read(resource("keras2_types.h5"));
    assertThat(weights.format()).isEqualTo("Keras HDF5, version 2.1.6");
    assertThat(weights.attributes()).containsEntry("backend", "tensorflow");
    assertThat(weights.layers())
        .containsExactly(
            new SavedLayer("conv", List.of(ramp("kernel", 0, 3, 3, 4, 8), ramp("bias", 0, 8))),
            new SavedLayer(
                "norm",
                List.of(
                    ramp("gamma", 0, 8),
                    ramp("beta", 1, 8),
                    ramp("moving_mean", 2, 8),
                    ramp("moving_variance", 3, 8))),
            new SavedLayer("dense", List.of(ramp("kernel", 0, 8, 2), ramp("bias", 0, 2))),
            new SavedLayer("shared", List.of(ramp("kernel", 0, 2, 2))));
  }

  @Test
  void kernelsThatTheanoConvolvesWithAreTurned() {
    SavedLayer conv = KerasFiles.read(resource("keras2_theano.h5")).layers().get(0);
    assertThat(conv.arrays().get(0).shape()).containsExactly(2, 3, 1, 2);
    assertThat(conv.arrays().get(0).values())
        .containsExactly(2.5f, 2.75f, 2, 2.25f, 1.5f, 1.75f, 1, 1.25f, 0.5f, 0.75f, 0, 0.25f);
    assertThat(conv.arrays().get(1)).isEqualTo(ramp("bias", 0, 2));
  }

  @Test
  void kernelsInTheanosOrderAreRefused() {
    Path path = resource("keras1_th.h5");
    assertThatThrownBy(() -> KerasFiles.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot read '%s': the kernel of layer 'conv1' has shape [8,4,3,3] in Theano's order"
                + " [OC,IC,KH,KW], and TensorFlow's [KH,KW,IC,OC] is wanted",
            path);
  }

  @Test
  void anOpenFileGivesArraysOneByOne() {
    for (String name : List.of("keras3.weights.h5", "keras3.keras", "keras2_types.h5")) {
      Path path = resource(name);
      boolean same =
          KerasFiles.use(path, weights -> weights.layers().equals(KerasFiles.read(path).layers()));
      assertThat(same).as(name).isTrue();
      assertThatThrownBy(
              () ->
                  KerasFiles.use(
                      path,
                      weights -> {
                        throw new IllegalArgumentException("the user's own");
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the user's own");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "keras1_weights.h5",
        "keras2_nested.h5",
        "keras2_types.h5",
        "keras3_named.weights.h5",
        "tf_keras_windows.weights.h5",
        "keras3.keras",
        "keras3_nested.keras"
      })
  void damageIsSaidInASentence(String name) throws IOException {
    byte[] whole = Files.readAllBytes(resource(name));
    Path damaged = folder.resolve(name);
    Random random = new Random(name.hashCode());
    for (int round = 0; round < 250; round++) {
      byte[] bytes = whole.clone();
      if (round % 5 == 0) {
        bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      Files.write(damaged, bytes);
      try {
        KerasFiles.use(
            damaged,
            weights -> {
              weights.layers().forEach(l -> l.arrays().forEach(SavedArray::values));
              return null;
            });
      } catch (ModelFileException e) {
        assertThat(e).hasMessageStartingWith("cannot read '" + damaged + "': ");
        assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("null");
      }
    }
  }

  @Test
  void otherArchivesAreToldApart() throws IOException {
    Path path = zip("data.pkl", "x");
    assertThatThrownBy(() -> KerasFiles.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot read '%s': it is a zip archive, but not a Keras model: 'model.weights.h5' is"
                + " missing",
            path);
    Path numpy = zip("model.weights.npz", "x");
    assertThatThrownBy(() -> KerasFiles.read(numpy))
        .hasMessageEndingWith("its weights are in NumPy's format, and only HDF5 is supported");
    Path bare = zip("model.weights.h5", "x");
    assertThatThrownBy(() -> KerasFiles.read(bare))
        .hasMessageEndingWith("'config.json' is missing in the archive");
  }

  @Test
  void archivesThatGrowWithoutMeasureAreRefused() throws IOException {
    Path path = folder.resolve("bomb.keras");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write("{\"class_name\": \"Functional\"}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 70; i++) {
        zip.write(zeros);
      }
    }
    assertThatThrownBy(() -> KerasFiles.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot read '%s': 'model.weights.h5' in the archive is said to hold 73400320 bytes,"
                + " more than can be right",
            path);
  }

  private Path zip(String name, String text) throws IOException {
    Path path = folder.resolve(name + ".zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }
}
