package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that cannot be printed. */
class StandardOutputTest {
  /** Linux's disk that is always full. */
  private static final File FULL = new File("/dev/full");

  @TempDir private static Path folder;

  @BeforeAll
  static void save() throws IOException {
    try (Model model = Model.build("cifarresnet20", ModelOptions.of(32, 32, List.of("a", "b")))) {
      model.save(folder.resolve("m.h5"));
    }
    for (String name : List.of("photos/a", "photos/b")) {
      Files.createDirectories(folder.resolve(name));
      BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(image, "png", folder.resolve(name + "/1.png").toFile());
    }
  }

  private static Object[] words(String command) {
    return Stream.of(command.split(" ")).toArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--version",
        "train --help",
        "train --print-config",
        "summary --model m.h5",
        "predict --model m.h5 photos",
        "predict --model m.h5 --csv photos",
        "predict --model m.h5 --json photos",
        "evaluate --model m.h5 --data photos --json",
        "features --model m.h5 --nearest photos/a/1.png photos"
      })
  void thatAreLostAreTold(String command) {
    assumeTrue(FULL.exists());
    LaunchedProgram program = LaunchedProgram.runInto(Redirect.to(FULL), folder, words(command));
    assertThat(program.output().lines())
        .last()
        .asString()
        .startsWith("lanewise: the standard output cannot be written: ");
    assertThat(program.code()).isEqualTo(2);
  }

  @Test
  void mistakeKeepsItsSentence() {
    assumeTrue(FULL.exists());
    LaunchedProgram program =
        LaunchedProgram.runInto(Redirect.to(FULL), folder, words("predict --model none.h5 photos"));
    assertThat(program.output()).contains("none.h5").doesNotContain("standard output");
    assertThat(program.code()).isEqualTo(2);
  }

  @Test
  void readerThatHasEnoughIsNoMistake() {
    assumeTrue(Files.exists(Path.of("/dev/fd")));
    LaunchedProgram program =
        LaunchedProgram.runInto(Redirect.PIPE, folder, words("predict --model m.h5 --csv photos"));
    assertThat(program.output()).doesNotContain("lanewise", "Exception");
    assertThat(program.code()).isZero();
  }
}
