package dev.lanewise.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import dev.lanewise.formats.saved.SavedLayer;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a file is said in one sentence that names it. */
class ModelFileErrorsTest {
  @TempDir Path folder;

  private void assertRefused(Path path, String why) {
    assertThatThrownBy(() -> ModelFiles.load(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("cannot read '%s': %s", path, why);
  }

  private void assertNotSaved(Path path, String why) {
    assertThatThrownBy(() -> Samples.save(path, Samples.full()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("cannot save the model to '%s': %s", path, why);
  }

  @Test
  void filesThatAreNoModels() throws IOException {
    assertRefused(folder.resolve("none.h5"), "there is no such file");
    assertRefused(folder, "it is a folder");
    Path path = folder.resolve("model.h5");
    Files.createFile(path);
    assertRefused(path, "it is empty");
    Files.writeString(path, "no HDF5");
    assertRefused(
        path,
        "it is neither an HDF5 file, nor a .keras archive, nor a safetensors or an ONNX file");
    Files.write(path, new byte[10_000]);
    assertRefused(
        path,
        "it is neither an HDF5 file, nor a .keras archive, nor a safetensors or an ONNX file");
  }

  @Test
  void placesWhereNothingCanBeSaved() throws IOException {
    assertNotSaved(folder, "it is a folder");
    Path none = folder.resolve("none");
    assertNotSaved(none.resolve("model.h5"), "there is no folder '" + none + "'");
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertNotSaved(file.resolve("model.h5"), "'" + file + "' is not a folder");
    assertThat(file).hasContent("text");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void folderThatTakesNoFiles() {
    assertNotSaved(Path.of("/proc/model.h5"), "its folder takes no files");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path whole = folder.resolve("whole.h5");
    Samples.save(whole, Samples.full());
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut.h5");
    for (int length = 1; length < bytes.length; length += length < 2000 ? 1 : 37) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> ModelFiles.load(cut))
          .as("first %d of %d bytes", length, bytes.length)
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("cannot read '" + cut + "': ");
    }
    Files.write(cut, Arrays.copyOf(bytes, 5000));
    assertRefused(cut, "it is cut off, only 5000 of " + bytes.length + " bytes are there");
  }

  @Test
  void damageNeverEscapesAsAnotherException() throws IOException {
    Path whole = folder.resolve("whole.h5");
    Samples.save(whole, Samples.full());
    byte[] bytes = Files.readAllBytes(whole);
    Path damaged = folder.resolve("damaged.h5");
    for (int at = 0; at < bytes.length; at += 29) {
      byte[] copy = bytes.clone();
      copy[at] ^= (byte) (1 << at % 8);
      Files.write(damaged, copy);
      int position = at;
      assertThatCode(
              () -> {
                try {
                  ModelFiles.load(damaged);
                } catch (ModelFileException e) {
                  assertThat(e).hasMessageStartingWith("cannot read '" + damaged + "': ");
                }
              })
          .as("byte %d changed", position)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void filesOfOthersAreToldApart() {
    Path path = folder.resolve("other.h5");
    write(path, root -> root.putDataset("x", new float[] {1}));
    assertRefused(
        path,
        "it is an HDF5 file, but not a Lanewise model: attribute 'lanewise_format' is missing");
    write(path, root -> root.putGroup("model_weights"));
    assertRefused(
        path,
        "it is a Keras file, but not a Lanewise model: attribute 'lanewise_format' is missing");
    write(path, root -> root.putAttribute("layer_names", new String[] {"conv1"}));
    assertRefused(
        path,
        "it is a Keras file, but not a Lanewise model: attribute 'lanewise_format' is missing");
  }

  @Test
  void newerFormatsAreRefused() {
    Path path = folder.resolve("newer.h5");
    write(path, root -> root.putAttribute("lanewise_format", 3L));
    assertRefused(
        path, "it has format version 3, and this release of Lanewise reads versions 1 to 2");
  }

  @Test
  void whatIsMissingOrOfTheWrongTypeIsNamed() {
    Path path = folder.resolve("model.h5");
    write(path, root -> root.putAttribute("lanewise_format", "1"));
    assertRefused(path, "attribute 'lanewise_format' must be an integer of 64 bits");
    write(path, root -> root.putAttribute("lanewise_format", 1L));
    assertRefused(path, "attribute 'lanewise_input_shape' is missing");
    write(path, root -> minimal(root).removeAttribute("lanewise_network"));
    assertRefused(path, "attribute 'lanewise_network' is missing");
    write(path, root -> minimal(root).putAttribute("lanewise_network", 1L));
    assertRefused(path, "attribute 'lanewise_network' must be a text");
    write(path, root -> minimal(root).putAttribute("lanewise_input_shape", new long[] {8, 8}));
    assertRefused(path, "attribute 'lanewise_input_shape' must hold height, width and channels");
    write(
        path,
        root -> {
          layer(root, "kernel:0").putDataset("kernel:0", new float[] {1});
          root.putAttribute("lanewise_input_shape", new long[] {8, 0, 1});
        });
    assertRefused(
        path,
        "the file is damaged: the input's height, width and channels must be positive, got 8x0x1");
    write(path, root -> minimal(root).putDataset("model_weights", 1f));
    assertRefused(path, "'/model_weights' must be a group, but is a dataset");
    write(path, ModelFileErrorsTest::minimal);
    assertRefused(path, "'/model_weights/conv1' is missing");
    write(path, root -> layer(root, "conv1/kernel:0"));
    assertRefused(path, "'/model_weights/conv1/conv1/kernel:0' is missing");
    write(path, root -> layer(root, "kernel:0").putDataset("kernel:0", new long[] {1}));
    assertRefused(path, "'/model_weights/conv1/kernel:0' must hold floating point numbers");
    write(path, root -> layer(root, "kernel:0").putGroup("kernel:0"));
    assertRefused(path, "'/model_weights/conv1/kernel:0' must be a dataset, but is a group");
    write(path, root -> layer(root, "kernel:0").removeAttribute("weight_names"));
    assertRefused(path, "attribute 'weight_names' of '/model_weights/conv1' is missing");
    write(path, root -> layer(root, "kernel:0").putAttribute("weight_names", 5L));
    assertRefused(path, "attribute 'weight_names' of '/model_weights/conv1' must hold texts");
    write(path, root -> minimal(root).putAttribute("lanewise_optimizer", "adam"));
    assertThatThrownBy(() -> ModelFiles.load(path)).isInstanceOf(ModelFileException.class);
  }

  @Test
  void theFileIsClosedAfterwards() throws IOException {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    ModelFiles.load(path);
    Files.delete(path);
    write(path, root -> root.putDataset("x", 1f));
    assertThatThrownBy(() -> ModelFiles.load(path)).isInstanceOf(ModelFileException.class);
    Files.delete(path);
  }

  @Test
  void partsOfSnapshotsAreChecked() {
    assertThatThrownBy(() -> new SavedArray("kernel", new int[] {2, 3}, new float[5]))
        .hasMessage("array 'kernel' of shape [2,3] cannot hold 5 values");
    assertThatThrownBy(() -> new SavedArray("kernel", new int[] {2, -3}, new float[6]))
        .hasMessage("every extent of array 'kernel' must be positive, got [2,-3]");
    assertThatThrownBy(
            () -> new SavedArray("k", new int[] {65536, 65536, 65536, 65536}, new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SavedLayer("a/b", List.of()))
        .hasMessage("the name of a layer must be part of a path, got 'a/b'");
    SavedLayer layer = new SavedLayer("conv1", List.of());
    assertThatThrownBy(() -> Samples.plain(List.of(layer, layer)))
        .hasMessage("there are two layers named 'conv1'");
  }

  private static WritableGroup minimal(WritableGroup root) {
    root.putAttribute("lanewise_format", 1L);
    root.putAttribute("lanewise_network", "ResNet50");
    root.putAttribute("lanewise_input_shape", new long[] {64, 64, 3});
    root.putAttribute("lanewise_class_names", new String[] {"a", "b"});
    root.putGroup("model_weights").putAttribute("layer_names", new String[] {"conv1"});
    return root;
  }

  private static WritableGroup layer(WritableGroup root, String weight) {
    WritableGroup weights = (WritableGroup) minimal(root).getChild("model_weights");
    WritableGroup layer = weights.putGroup("conv1");
    layer.putAttribute("weight_names", new String[] {weight});
    return layer;
  }

  private static void write(Path path, Consumer<WritableGroup> content) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (WritableHdfFile file = HdfFile.write(path)) {
      content.accept(file);
    }
  }
}
