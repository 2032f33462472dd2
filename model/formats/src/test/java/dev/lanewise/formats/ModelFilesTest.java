package dev.lanewise.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.hdf5.Hdf5Writer;
import dev.lanewise.formats.io.Replacement;
import dev.lanewise.formats.keras.KerasConfig;
import dev.lanewise.formats.keras.KerasFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import dev.lanewise.formats.saved.SavedWeights;
import dev.lanewise.network.LayerInfo;
import io.jhdf.HdfFile;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved comes back bit for bit, in Keras's layout. */
class ModelFilesTest {
  @TempDir Path folder;

  private SavedModel saveAndLoad(SavedModel model) {
    Path path = folder.resolve("model.h5");
    Samples.save(path, model);
    return ModelFiles.load(path);
  }

  @Test
  void everythingComesBackBitForBit() {
    SavedModel model = Samples.full();
    SavedModel loaded = saveAndLoad(model);
    assertThat(loaded).isEqualTo(model);
    float[] values = loaded.layers().get(1).arrays().get(0).values();
    assertThat(Float.floatToRawIntBits(values[0])).isEqualTo(0x80000000);
    assertThat(Float.floatToRawIntBits(values[2])).isEqualTo(1);
  }

  @Test
  void anOpenFileGivesArraysOneByOneAndTheOptimizerOnRequest() {
    SavedModel model = Samples.full();
    Path file = folder.resolve("model.h5");
    Samples.save(file, model);
    boolean whole = ModelFiles.use(file, true, model::equals);
    assertThat(whole).isTrue();
    boolean sameLayers =
        ModelFiles.use(
            file,
            false,
            saved -> saved.optimizer() == null && saved.layers().equals(model.layers()));
    assertThat(sameLayers).isTrue();
    assertThatThrownBy(
            () ->
                ModelFiles.use(
                    file,
                    false,
                    saved -> {
                      throw new IllegalStateException("the user's own");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the user's own");
  }

  @Test
  void whatIsAbsentStaysAbsent() {
    SavedModel model = Samples.plain(List.of(new SavedLayer("input_1", List.of())));
    assertThat(saveAndLoad(model)).isEqualTo(model);
  }

  @Test
  void optimizerWithoutStateComesBack() {
    SavedOptimizer optimizer = new SavedOptimizer("sgd", Map.of("momentum", 0.9), 0, List.of());
    SavedModel model =
        new SavedModel(
            "Plain", 8, 8, 1, List.of("a"), Samples.layers(), null, optimizer, List.of(), Map.of());
    assertThat(saveAndLoad(model)).isEqualTo(model);
  }

  @Test
  void arraysOfEveryRankComeBack() {
    SavedModel model =
        Samples.plain(
            List.of(
                new SavedLayer(
                    "ranks",
                    List.of(
                        Samples.array("r0"),
                        Samples.array("r1", 7),
                        Samples.array("r2", 1, 9),
                        Samples.array("r3", 9, 2, 1),
                        Samples.array("r4", 2, 1, 3, 2),
                        Samples.array("r5", 2, 3, 1, 2, 2)))));
    assertThat(saveAndLoad(model)).isEqualTo(model);
  }

  @Test
  void anArrayLargerThanTheWriteBufferComesBack() {
    SavedModel model =
        Samples.plain(
            List.of(
                new SavedLayer(
                    "large",
                    List.of(Samples.array("flat", 700_001), Samples.array("deep", 700, 501)))));
    assertThat(saveAndLoad(model)).isEqualTo(model);
  }

  @Test
  void longListsOfNamesAreCutAndComeBack() {
    List<String> classes =
        IntStream.range(0, 5000).mapToObj(i -> "class " + i).collect(Collectors.toList());
    SavedModel model =
        new SavedModel(
            "Plain", 8, 8, 1, classes, Samples.many(3000), null, null, List.of(), Map.of("k", "v"));
    assertThat(saveAndLoad(model)).isEqualTo(model);
    try (HdfFile file = new HdfFile(folder.resolve("model.h5"))) {
      Node weights = file.getChild("model_weights");
      assertThat(weights.getAttributes()).containsKeys("layer_names0", "layer_names1");
      assertThat(weights.getAttributes()).doesNotContainKey("layer_names");
    }
  }

  @Test
  void layoutIsKeras() {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    try (HdfFile file = new HdfFile(path)) {
      Node weights = file.getChild("model_weights");
      assertThat((String[]) weights.getAttribute("layer_names").getData())
          .containsExactly("input_1", "conv1", "bn_conv1", "activation_1", "fc2");
      assertThat(weights.getAttribute("keras_version").getData()).isEqualTo("2.3.1");
      assertThat(weights.getAttribute("backend").getData()).isEqualTo("tensorflow");
      Node bn = file.getByPath("/model_weights/bn_conv1");
      assertThat((String[]) bn.getAttribute("weight_names").getData())
          .containsExactly(
              "bn_conv1/gamma:0",
              "bn_conv1/beta:0",
              "bn_conv1/moving_mean:0",
              "bn_conv1/moving_variance:0");
      Node input = file.getByPath("/model_weights/input_1");
      assertThat(input.getAttribute("weight_names").getDimensions()).containsExactly(0);
      assertThat(file.getDatasetByPath("/model_weights/conv1/conv1/kernel:0").getDimensions())
          .containsExactly(3, 2, 3, 5);
      assertThat(file.getDatasetByPath("/optimizer_weights/Adam/iter:0").getData())
          .isEqualTo(3_000_000_000L);
      Node optimizer = file.getChild("optimizer_weights");
      assertThat((String[]) optimizer.getAttribute("weight_names").getData())
          .startsWith(
              "Adam/iter:0", "Adam/learning_rate:0", "Adam/conv1/kernel/m:0", "Adam/conv1/bias/m:0")
          .endsWith("Adam/fc2/bias/v:0");
    }
  }

  @Test
  void savingTwiceGivesTheSameBytes() throws IOException {
    Samples.save(folder.resolve("a.h5"), Samples.full());
    Samples.save(folder.resolve("b.h5"), ModelFiles.load(folder.resolve("a.h5")));
    assertThat(folder.resolve("b.h5")).hasSameBinaryContentAs(folder.resolve("a.h5"));
  }

  @Test
  void savingReplacesAnOlderFileAndLeavesNothingBeside() throws IOException {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    ModelFiles.load(path);
    SavedModel newer = Samples.plain(Samples.layers());
    Samples.save(path, newer);
    assertThat(ModelFiles.load(path)).isEqualTo(newer);
    assertThat(list(folder)).containsExactly(path);
  }

  @Test
  void savingThroughALinkReplacesTheFileBehindIt() throws IOException {
    Path file = Files.createDirectory(folder.resolve("deep")).resolve("model.h5");
    Samples.save(file, Samples.plain(Samples.layers()));
    Path link = folder.resolve("link.h5");
    try {
      Files.createSymbolicLink(link, file);
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("this system makes no symbolic links: " + e);
    }
    Samples.save(link, Samples.full());
    assertThat(link).isSymbolicLink();
    assertThat(ModelFiles.load(file)).isEqualTo(Samples.full());
  }

  @Test
  void aFailedSaveKeepsTheOldFile() throws IOException {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    assertThatThrownBy(
            () ->
                Replacement.write(
                    path,
                    "the model",
                    file -> {
                      new Hdf5Writer().write(file);
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("cannot save the model to '%s': No space left on device", path);
    assertThat(ModelFiles.load(path)).isEqualTo(Samples.full());
    assertThat(list(folder)).containsExactly(path);
  }

  @Test
  void textsThatAFileCannotHoldAreRefused() {
    Path path = folder.resolve("model.h5");
    for (String text : List.of("a\0b", "x".repeat(70_000), "\ud800")) {
      SavedModel model =
          new SavedModel(
              "Plain", 8, 8, 1, List.of(text), Samples.layers(), null, null, List.of(), Map.of());
      assertThatThrownBy(() -> Samples.save(path, model))
          .isInstanceOf(ModelFileException.class)
          .hasMessageContaining("lanewise_class_names");
    }
    assertThat(path).doesNotExist();
  }

  @Test
  void weightsAloneGoByTheNamesOrByClassAndCounter() {
    SavedModel model = Samples.full();
    List<SavedLayer> wanted =
        model.layers().stream().filter(layer -> !layer.arrays().isEmpty()).toList();
    for (String name : List.of("model.h5", "model.weights.h5")) {
      Path path = folder.resolve(name);
      ModelFiles.saveWeights(path, model.layers(), Samples.network(model));
      SavedWeights weights = KerasFiles.read(path);
      assertThat(weights.named()).isTrue();
      assertThat(weights.layers()).containsExactlyInAnyOrderElementsOf(wanted);
    }
    try (HdfFile file = new HdfFile(folder.resolve("model.weights.h5"))) {
      assertThat(file.getDatasetByPath("/layers/conv2d/vars/1").getDimensions()).containsExactly(5);
      assertThat(file.getByPath("/layers/activation_1/vars").getAttribute("name").getData())
          .isEqualTo("activation_1");
    }
  }

  @Test
  void aFileOfTheFirstFormatIsReadStill() {
    // Written by the release before the learning rate stood among the optimiser's weights.
    Path path = Samples.resource("lanewise_format_1.h5");
    assertThat(ModelFiles.load(path)).isEqualTo(Samples.withoutCopies(Samples.full()));
  }

  @Test
  void aNetworkOfOtherLayersIsRefused() {
    Path path = folder.resolve("model.h5");
    SavedModel model = Samples.full();
    List<LayerInfo> network = Samples.network(model);
    assertThatThrownBy(() -> ModelFiles.save(path, model, network.subList(0, 3)))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("fc2");
    assertThat(path).doesNotExist();
  }

  @Test
  void aLongConfigurationIsATextOfVariableLength() {
    Path path = folder.resolve("model.h5");
    SavedModel model = Samples.plain(Samples.many(3000));
    Samples.save(path, model);
    assertThat(ModelFiles.load(path)).isEqualTo(model);
    String config = KerasFiles.read(path).config();
    assertThat(config).hasSizeGreaterThan(64512);
    assertThat(KerasConfig.parse(config, "model.h5").differences(Samples.network(model))).isEmpty();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.collect(Collectors.toList());
    }
  }
}
