package dev.lanewise.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.SavedModel;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model keeps what it was under a second name, its training's state included. */
class SecondNamesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"m.h5", "m.safetensors", "m.weights.h5"})
  void aSecondNameHoldsWhatWasSaved(String name) throws IOException {
    Path path = folder.resolve(name);
    SavedModel model = Samples.full();
    Samples.save(path, model);
    Path kept = SecondNames.marked(path, "-epoch003");
    assertThat(SecondNames.isFree(kept)).isTrue();
    SecondNames.keep(path, kept);
    assertThat(SecondNames.isFree(kept)).isFalse();
    Samples.save(path, Samples.plain(Samples.layers()));
    assertThat(ModelFiles.load(kept)).isEqualTo(model);
    assertThatThrownBy(() -> SecondNames.keep(path, kept))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(ModelFiles.load(kept)).isEqualTo(model);
    SecondNames.remove(kept);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }

  @Test
  void aStateThatIsThereIsNotReplaced() throws IOException {
    Path path = folder.resolve("m.safetensors");
    Samples.save(path, Samples.full());
    Path kept = SecondNames.marked(path, ".1");
    Files.writeString(folder.resolve("m.1.state.safetensors"), "somebody's own");
    assertThat(SecondNames.isFree(kept)).isFalse();
    assertThatThrownBy(() -> SecondNames.keep(path, kept))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(kept).doesNotExist();
    assertThat(folder.resolve("m.1.state.safetensors")).hasContent("somebody's own");
  }

  @ParameterizedTest
  @CsvSource({
    "m.h5, m.1.h5",
    "m.weights.h5, m.1.weights.h5",
    "M.Weights.H5, M.1.Weights.H5",
    "run-0.5.safetensors, run-0.5.1.safetensors",
    "model, model.1",
    ".hidden, .hidden.1"
  })
  void marksStandInFrontOfTheEnd(String name, String marked) {
    assertThat(SecondNames.marked(Path.of(name), ".1")).hasToString(marked);
  }
}
