package dev.lanewise.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bit that a disk or a copy has turned over. */
class BitFlipsTest {
  private static final int FLIPS = 3000;

  @TempDir private Path folder;

  /**
   * Each flip is told, or is where it changes nothing of the model: in PyTorch's counters, or in
   * the name of a checksum.
   */
  @ParameterizedTest
  @CsvSource({"model.h5, 0.01", "model.safetensors, 0.03", "model.weights.h5, 0.01"})
  void noFlipChangesAModelUnnoticed(String name, double mostHarmless) throws IOException {
    SavedModel model = Samples.full();
    Samples.save(folder.resolve(name), model);
    List<Path> files;
    try (Stream<Path> saved = Files.list(folder)) {
      files = saved.sorted().toList();
    }
    assertThat(files).hasSize(name.equals("model.h5") ? 1 : 2);
    SplittableRandom random = new SplittableRandom(1);
    int harmless = 0;
    for (int i = 0; i < FLIPS; i++) {
      Path damaged = files.get(random.nextInt(files.size()));
      byte[] bytes = Files.readAllBytes(damaged);
      int at = random.nextInt(bytes.length);
      byte[] copy = bytes.clone();
      copy[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(damaged, copy);
      try {
        SavedModel read = ModelFiles.load(folder.resolve(name));
        assertThat(read).as("byte %d of %s", at, damaged).isEqualTo(model);
        harmless++;
      } catch (ModelFileException e) {
        assertThat(e).hasMessageContaining("cannot read ");
      }
      Files.write(damaged, bytes);
    }
    assertThat((double) harmless / FLIPS).isLessThan(mostHarmless);
  }

  @Test
  void theArrayIsNamed() throws IOException {
    Path path = folder.resolve("model.h5");
    Samples.save(path, Samples.full());
    flipValue(path);
    assertThatThrownBy(() -> ModelFiles.load(path))
        .isInstanceOf(ModelFileException.class)
        .hasMessageMatching(
            "cannot read '\\Q%s\\E': the array '\\S+' is damaged: its checksum is [0-9a-f]{8}, and the file says [0-9a-f]{8}"
                .formatted(path));
    Path tensors = folder.resolve("model.safetensors");
    Samples.save(tensors, Samples.full());
    flipValue(tensors);
    assertThatThrownBy(() -> ModelFiles.load(tensors))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("the tensor '")
        .hasMessageContaining("' is damaged: its checksum is ");
    // Values are compared when they are asked for, and not before.
    assertThat(ModelFiles.use(tensors, true, SavedModel::network)).isEqualTo("ResNet50");
  }

  /** Changes the last third that a file holds, which is no special value. */
  private static void flipValue(Path path) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int at = bytes.capacity() - Float.BYTES;
    while (bytes.getFloat(at) != 1f / 3f) {
      at--;
    }
    bytes.put(at, (byte) (bytes.get(at) ^ 1));
    Files.write(path, bytes.array());
  }
}
