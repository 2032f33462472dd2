package dev.lanewise.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.Samples;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.testing.Shared;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Weights that others wrote. The two small files among the resources were made with h5py in the
 * layouts that Keras 1's {@code save_weights} and tf.keras's {@code model.save} have.
 */
class KerasFilesTest {
  @TempDir Path folder;

  private static Path resource(String name) {
    try {
      return Path.of(KerasFilesTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SavedArray array(String name, int[] shape, float... values) {
    return new SavedArray(name, shape, values);
  }

  @Test
  void keras1WeightsWithFlatNamesInCompressedDoubles() {
    float[] kernel = new float[12];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = i / 4f;
    }
    int[] three = {3};
    assertThat(KerasFiles.read(resource("keras1_weights.h5")).layers())
        .containsExactly(
            new SavedLayer(
                "conv1",
                List.of(
                    array("kernel", new int[] {1, 2, 2, 3}, kernel),
                    array("bias", three, 1, 2, 3))),
            new SavedLayer(
                "bn_conv1",
                List.of(
                    array("gamma", three, 0.5f, 0.5f, 0.5f),
                    array("beta", three, 1.5f, 1.5f, 1.5f),
                    array("moving_mean", three, 2.5f, 2.5f, 2.5f),
                    array("moving_variance", three, 3.5f, 3.5f, 3.5f))));
  }

  @Test
  void nestedModelWithSplitNamesOfVariableLengthInHalfFloats() {
    assertThat(KerasFiles.read(resource("keras2_nested.h5")).layers())
        .containsExactly(
            new SavedLayer(
                "conv1_1",
                List.of(
                    array("kernel", new int[] {1, 1, 1, 2}, 0.5f, -1.5f),
                    array("bias", new int[] {2}, 2, 65504))),
            new SavedLayer("bn1", List.of(array("gamma", new int[] {2}, 1, 2))),
            new SavedLayer("head", List.of(array("kernel", new int[] {1, 3}, 1, 2, 3))));
  }

  @Test
  void aWholeModelOfKeras224() {
    List<SavedLayer> layers =
        KerasFiles.read(Shared.file("data", "keras", "cifar10_resnet20v1.h5")).layers();
    SavedLayer conv = layers.get(0);
    assertThat(conv.name()).isEqualTo("conv2d_1");
    assertThat(conv.arrays()).extracting(SavedArray::name).containsExactly("kernel", "bias");
    assertThat(conv.arrays().get(0).shapeText()).isEqualTo("[3,3,3,16]");
    SavedLayer norm = layers.get(1);
    assertThat(norm.arrays())
        .extracting(SavedArray::name)
        .containsExactly("gamma", "beta", "moving_mean", "moving_variance");
    SavedLayer dense = layers.get(layers.size() - 1);
    assertThat(dense.arrays().get(0).shapeText()).isEqualTo("[64,10]");
    int values =
        layers.stream()
            .flatMap(layer -> layer.arrays().stream())
            .mapToInt(a -> a.values().length)
            .sum();
    assertThat(values).isEqualTo(274_442);
  }

  @Test
  void aKerasModelIsNoLanewiseModel() {
    Path path = Shared.file("data", "keras", "cifar10_resnet20v1.h5");
    assertThatThrownBy(() -> ModelFiles.load(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot read '%s': it is a Keras file, but not a Lanewise model:"
                + " attribute 'lanewise_format' is missing",
            path);
  }

  @Test
  void aTruncatedDownloadIsRefused() {
    Path path = Shared.file("data", "keras", "truncated_resnet50_notop.h5");
    assertThatThrownBy(() -> KerasFiles.read(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageMatching(
            "cannot read '.*': it is cut off, only 1048576 of \\d+ bytes are there");
    assertThatThrownBy(() -> ModelFiles.load(path)).isInstanceOf(ModelFileException.class);
  }

  @Test
  void damageToFilesOfOthersNeverEscapesAsAnotherException() throws IOException {
    for (String name : List.of("keras1_weights.h5", "keras2_nested.h5")) {
      byte[] bytes = Files.readAllBytes(resource(name));
      Path damaged = folder.resolve(name);
      for (int at = 0; at < bytes.length; at += 53) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) (1 << at % 8);
        Files.write(damaged, copy);
        try {
          KerasFiles.read(damaged);
        } catch (ModelFileException e) {
          assertThat(e).hasMessageStartingWith("cannot read '" + damaged + "': ");
        }
      }
    }
  }

  @Test
  void aSavedModelIsReadToo() {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    assertThat(KerasFiles.read(path).layers())
        .isEqualTo(Samples.layers().stream().filter(layer -> !layer.arrays().isEmpty()).toList());
  }

  @Test
  void otherHdf5FilesAreRefused() {
    Path path = folder.resolve("other.h5");
    try (WritableHdfFile file = HdfFile.write(path)) {
      file.putDataset("train_set_x", new float[] {1});
    }
    assertThatThrownBy(() -> KerasFiles.read(path))
        .hasMessage(
            "cannot read '%s': it is not a Keras file: neither attribute 'layer_names' nor group"
                + " 'model_weights' nor 'layers' is there",
            path);
  }
}
