package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.testing.UserJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data format of a user's own. */
class DataFormatTest {
  private static final String FORMAT =
      """
      package own;

      import dev.lanewise.model.data.*;
      import java.nio.file.Path;

      /** Every file that ends in .hands stands for drawn hands. */
      public final class HandsFormat implements DataFormat {
        @Override
        public String description() {
          return "a file of hands";
        }

        @Override
        public boolean recognises(Path path) {
          return path.toString().endsWith(".hands");
        }

        @Override
        public DatasetPair open(
            Path path, ImageShape shape, double split, long seed, LoadListener listener) {
          return Datasets.hands(shape, seed, 12);
        }

        @Override
        public ImageDataset openForEvaluation(Path path, ImageShape shape) {
          return Datasets.handsForEvaluation(shape, 1);
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void isFoundByTheThreadsClassLoader() throws IOException {
    Path jar = folder.resolve("own.jar");
    UserJar.write(
        jar,
        Map.of(
            "own/HandsFormat.java",
            FORMAT,
            "META-INF/services/" + DataFormat.class.getName(),
            "own.HandsFormat\n"));
    Path file = Files.createFile(folder.resolve("some.hands"));
    ImageShape shape = ImageShape.rgb(8, 8);
    String none = "file " + file + " holds no data set: requires ";
    assertThatThrownBy(() -> Datasets.open(file, shape, 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(none + "a folder with train_*.h5 and test_*.h5")
        .hasMessageContaining("; or a folder of JPEG or PNG images");

    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      assertThat(Datasets.open(file, shape, 0, 1).train().size()).isEqualTo(12);
      assertThat(Datasets.openForEvaluation(file, shape).size()).isEqualTo(Hands.TEST_SIZE);
      Path other = Files.createFile(folder.resolve("other.txt"));
      assertThatThrownBy(() -> Datasets.openForEvaluation(other, shape))
          .hasMessageContaining("requires a file of hands; or a folder with train_*.h5");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
