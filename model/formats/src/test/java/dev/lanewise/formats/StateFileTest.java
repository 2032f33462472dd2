package dev.lanewise.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.keras.KerasFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedLayer;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.formats.saved.SavedOptimizer;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weights that another program is to read as they are, and the state of the training beside them.
 */
class StateFileTest {
  private static final String TORCH = "model.safetensors";
  private static final String KERAS = "model.weights.h5";

  @TempDir Path folder;

  /** Returns a snapshot that is some steps further. */
  private static SavedModel after(long steps) {
    SavedModel model = Samples.full();
    SavedOptimizer optimizer = model.optimizer();
    return new SavedModel(
        model.network(),
        model.height(),
        model.width(),
        model.channels(),
        model.classNames(),
        model.layers(),
        model.training(),
        new SavedOptimizer(optimizer.name(), optimizer.config(), steps, optimizer.slots()),
        model.copies(),
        model.attributes());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path state(Path model) {
    return new StateFile(model).place();
  }

  private Path pending(Path model) {
    return folder.resolve("." + state(model).getFileName() + ".next");
  }

  @ParameterizedTest
  @ValueSource(strings = {TORCH, "model.SafeTensors", KERAS})
  void aModelComesBackBitForBit(String name) throws IOException {
    Path path = folder.resolve(name);
    SavedModel model = Samples.full();
    Samples.save(path, model);
    String state = name.substring(0, name.lastIndexOf('.')) + ".state.safetensors";
    assertThat(files()).containsExactlyInAnyOrder(name, state);
    assertThat(ModelFiles.stateFile(path)).contains(folder.toRealPath().resolve(state));
    assertThat(ModelFiles.isModel(path)).isTrue();
    assertThat(ModelFiles.load(path)).isEqualTo(model);
    Samples.save(path, after(7));
    assertThat(ModelFiles.load(path)).isEqualTo(after(7));
    assertThat(files()).containsExactlyInAnyOrder(name, state);
    SavedModel plain =
        new SavedModel(
            "Net", 8, 8, 1, List.of("a"), model.layers(), null, null, List.of(), Map.of());
    Samples.save(path, plain);
    assertThat(files()).containsExactly(name);
    assertThat(ModelFiles.load(path)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {TORCH, KERAS})
  void savingTwiceGivesTheSameBytes(String name) throws IOException {
    Path path = folder.resolve(name);
    Samples.save(path, Samples.full());
    byte[] weights = Files.readAllBytes(path);
    byte[] state = Files.readAllBytes(state(path));
    Samples.save(path, ModelFiles.load(path));
    assertThat(path).hasBinaryContent(weights);
    assertThat(state(path)).hasBinaryContent(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {TORCH, KERAS})
  void theWeightsNeedNoStateToPredict(String name) throws IOException {
    Path path = folder.resolve(name);
    Samples.save(path, Samples.full());
    Files.delete(state(path));
    SavedModel read = ModelFiles.use(path, false, SavedModel::fetched);
    assertThat(read).isEqualTo(Samples.full().withState(read.state()));
    assertThat(read.state().isEmpty()).isTrue();
    assertThatThrownBy(() -> ModelFiles.load(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot read '%s': the state of its training is missing: there is no file '%s'; without"
                + " it the model can predict, and its weights can start a new training",
            path, state(path).getFileName());
  }

  @ParameterizedTest
  @ValueSource(strings = {TORCH, KERAS})
  void theStateOfAnotherSaveIsRefused(String name) throws IOException {
    Path path = folder.resolve(name);
    Samples.save(path, after(1));
    Path older = Files.copy(state(path), folder.resolve("older"));
    Samples.save(path, after(2));
    Files.copy(older, Files.createDirectory(folder.resolve("other")).resolve("x"));
    Files.delete(state(path));
    Files.move(older, state(path));
    assertThatThrownBy(() -> ModelFiles.load(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("cannot read '" + path + "': the state of its training in '")
        .hasMessageContaining("' is damaged or that of another save; without it");
  }

  /** Killed between any two changes of the folder: what the model's file names is there. */
  @ParameterizedTest
  @ValueSource(strings = {TORCH, KERAS})
  void aSaveThatIsKilledLosesNothing(String name) throws IOException {
    Path path = folder.resolve(name);
    Samples.save(path, after(1));
    byte[] oldWeights = Files.readAllBytes(path);
    byte[] oldState = Files.readAllBytes(state(path));
    Samples.save(path, after(2));
    byte[] newWeights = Files.readAllBytes(path);
    byte[] newState = Files.readAllBytes(state(path));

    // The new state is written, the weights are not replaced.
    Files.write(path, oldWeights);
    Files.write(state(path), oldState);
    Files.write(pending(path), newState);
    assertThat(ModelFiles.load(path)).isEqualTo(after(1));
    assertThat(ModelFiles.stateFile(path)).contains(state(path));
    Samples.save(path, after(3));
    assertThat(ModelFiles.load(path)).isEqualTo(after(3));
    assertThat(files()).hasSize(2);

    // The weights are replaced, the new state is not in its place.
    Files.write(path, newWeights);
    Files.write(state(path), oldState);
    Files.write(pending(path), newState);
    assertThat(ModelFiles.load(path)).isEqualTo(after(2));
    assertThat(ModelFiles.stateFile(path)).contains(pending(path).toRealPath());

    // And the next save fails early: what it writes first must not replace the only state.
    SavedModel unwritable =
        new SavedModel(
            "Net",
            8,
            8,
            1,
            List.of("\ud800"),
            Samples.layers(),
            null,
            after(4).optimizer(),
            List.of(),
            Map.of());
    assertThatThrownBy(() -> Samples.save(path, unwritable)).isInstanceOf(ModelFileException.class);
    assertThat(ModelFiles.load(path)).isEqualTo(after(2));
    assertThat(files()).hasSize(2);
  }

  @Test
  void whatIsNoStateIsNotReplaced() throws IOException {
    Path path = folder.resolve(TORCH);
    Files.writeString(state(path), "somebody's own");
    assertThatThrownBy(() -> Samples.save(path, Samples.full()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(
            "cannot save the state of the training to '%s': another file is there", state(path));
    assertThat(files()).containsExactly("model.state.safetensors");
    assertThat(state(path)).hasContent("somebody's own");
  }

  @Test
  void theNamesOfStatesAreKeptFree() {
    Path path = folder.resolve("model.State.safetensors");
    assertThatThrownBy(() -> ModelFiles.checkPlace(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith("cannot save to '" + path + "': that is the name of the file that");
  }

  @Test
  void aStateIsNoWeights() {
    Path path = folder.resolve(TORCH);
    Samples.save(path, Samples.full());
    assertThat(ModelFiles.isModel(state(path))).isFalse();
    assertThatThrownBy(() -> WeightFiles.use(state(path), saved -> null))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("it holds the state of a training alone; the weights are in");
  }

  @Test
  void kerasFindsItsOwnLayout() {
    Path path = folder.resolve(KERAS);
    SavedModel model = Samples.full();
    Samples.save(path, model);
    Path alone = folder.resolve("alone.weights.h5");
    ModelFiles.saveWeights(alone, model.layers(), Samples.network(model));
    List<SavedLayer> wanted = KerasFiles.read(alone).layers();
    assertThat(KerasFiles.read(path).layers()).isEqualTo(wanted).hasSize(3);
    try (HdfFile file = new HdfFile(path)) {
      assertThat(file.getChildren()).containsOnlyKeys("vars", "layers");
      assertThat(file.getByPath("/layers").getType().toString()).isEqualTo("GROUP");
    }
  }
}
