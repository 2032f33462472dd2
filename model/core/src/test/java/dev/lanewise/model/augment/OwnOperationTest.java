package dev.lanewise.model.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.random.SplitMix;
import dev.lanewise.testing.UserJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operation of a user's own. */
class OwnOperationTest {
  private static final String SOLID =
      """
      package own;

      import dev.lanewise.model.augment.*;
      import dev.lanewise.train.Term;
      import java.util.*;

      /** All values alike. */
      public final class Solid implements OperationFactory {
        @Override
        public String name() {
          return "solid";
        }

        @Override
        public List<String> keys() {
          return List.of("value");
        }

        @Override
        public Operation create(Term term) {
          byte value = (byte) term.number("value", 0, 0, 255);
          return (image, random) -> Arrays.fill(image.pixels(), value);
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void isReadLikeTheOthers() throws IOException {
    Path jar = folder.resolve("own.jar");
    UserJar.write(
        jar,
        Map.of(
            "own/Solid.java",
            SOLID,
            "META-INF/services/" + OperationFactory.class.getName(),
            "own.Solid\n"));
    String text = "flip,solid(value=77)";
    assertThatThrownBy(() -> Augmentation.parse(text))
        .hasMessageStartingWith("unknown augmentation 'solid(value=77)'; known are flip(");

    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      Canvas canvas = Pictures.noise(new int[] {3, 4, 3}, 1);
      for (Operation operation : Augmentation.parse(text).operations()) {
        operation.apply(canvas, new SplitMix(1));
      }
      assertThat(canvas.pixels()).containsOnly(77);
      assertThatThrownBy(() -> Augmentation.parse("solid(value=256)"))
          .hasMessage("augmentation solid requires a number from 0 to 255 as value, got '256'");
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
