package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.train.Optimizer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training of the command line that is ended from outside, over and over, and resumed ends in the
 * bits of one that never was. {@code -Dlanewise.stops=20 -Dlanewise.epochs=63} makes a long one of
 * it.
 */
class StoppedTrainingTest {
  private static final int STOPS = Integer.getInteger("lanewise.stops", 4);
  private static final int EPOCHS = Integer.getInteger("lanewise.epochs", 4);

  /** Of an x86 or ARM processor's signals. */
  private static final int BY_TERM = 143;

  @TempDir private Path folder;
  private Path photos;

  @BeforeEach
  void drawPhotos() throws IOException {
    // Windows ends processes without asking them.
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    photos = folder.resolve("photos");
    SplittableRandom random = new SplittableRandom(1);
    for (String name : List.of("dark", "light")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 40; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 32 * 32; p++) {
          int light = random.nextInt(128) + (name.equals("light") ? 100 : 0);
          image.setRGB(p % 32, p / 32, light << 16 | random.nextInt(256) << 8 | light);
        }
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private static Process start(Path output, String... args) throws IOException {
    return LaunchedProgram.start(output, List.of(args));
  }

  private static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + ".jsonl");
  }

  private String[] training(Path file) {
    return new String[] {
      "train",
      "--data=" + photos,
      "--network=cifarresnet20",
      "--input=32x32",
      "--epochs=" + EPOCHS,
      "--batch=4",
      "--average-weights=0.99",
      "--label-smoothing=0.1",
      "--schedule=one-cycle",
      "--checkpoint-every=3steps",
      "--save=" + file,
      "--log=" + log(file),
      "--seed=5"
    };
  }

  @Test
  void endsInTheSameBitsAsOneThatWasNot() throws Exception {
    Path through = folder.resolve("through.h5");
    Path output = folder.resolve("through.txt");
    Process whole = start(output, training(through));
    awaitSave(whole, through, null);
    long start = System.nanoTime();
    assertThat(whole.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(whole.exitValue()).as(Files.readString(output)).isZero();
    long millis = (System.nanoTime() - start) / 1_000_000;

    Path stopped = folder.resolve("stopped.h5");
    SplittableRandom random = new SplittableRandom(STOPS);
    Path log = folder.resolve("stopped.txt");
    for (int stop = 0; stop < STOPS; stop++) {
      FileTime before = Files.exists(stopped) ? Files.getLastModifiedTime(stopped) : null;
      Process process = start(log, arguments(stopped));
      // From its first own save on, so that each part gets on, and ends anywhere.
      awaitSave(process, stopped, before);
      long wait = random.nextLong(1 + 2 * millis / STOPS);
      boolean term = stop % 2 == 0;
      if (process.waitFor(wait, TimeUnit.MILLISECONDS)) {
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        break;
      }
      if (term) {
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isIn(BY_TERM, 0);
      } else {
        process.destroyForcibly().waitFor();
      }
    }
    if (!isDone(stopped)) {
      Process last = start(log, arguments(stopped));
      assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
      assertThat(last.exitValue()).as(Files.readString(log)).isZero();
    }
    assertSame(stopped, through, Files.readString(log, StandardCharsets.UTF_8));
    // The log that the first part began has been kept up by the others.
    String lines = Files.readString(log(stopped));
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      assertThat(lines).contains("\"epoch\": " + epoch + ",");
    }
  }

  @Test
  void tellsThatImagesAreOthersThanBefore() throws Exception {
    Path model = folder.resolve("model.h5");
    Path log = folder.resolve("log.txt");
    Process process = start(log, training(model));
    awaitSave(process, model, null);
    process.destroyForcibly().waitFor();
    BufferedImage black = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40; i++) {
      ImageIO.write(black, "png", photos.resolve("dark").resolve(i + ".png").toFile());
    }
    String told = "lanewise: the images are not those that the training in ";
    Process resumed = start(log, arguments(model));
    while (resumed.isAlive() && !Files.readString(log).contains(told)) {
      Thread.sleep(20);
    }
    resumed.destroyForcibly().waitFor();
    assertThat(log).content().contains(told);
  }

  /** Waits until a process has saved, or ended. */
  private static void awaitSave(Process process, Path file, FileTime before) throws Exception {
    while (process.isAlive()
        && (!Files.exists(file) || Files.getLastModifiedTime(file).equals(before))) {
      Thread.sleep(2);
    }
  }

  private static boolean isDone(Path file) {
    if (!Files.exists(file)) {
      return false;
    }
    try (Model model = Model.load(file, 1)) {
      return model.unfinished().isEmpty();
    }
  }

  /** Begins, or goes on where something was saved. */
  private String[] arguments(Path file) {
    return Files.exists(file) ? new String[] {"train", "--resume=" + file} : training(file);
  }

  private static void assertSame(Path got, Path wanted, String log) {
    try (Model a = Model.load(got, 1);
        Model b = Model.load(wanted, 1)) {
      assertThat(figures(a)).as(log).isEqualTo(figures(b));
      Map<String, float[]> bits = bits(b);
      bits(a).forEach((name, values) -> assertThat(values).as(name).isEqualTo(bits.get(name)));
    }
  }

  private static List<String> figures(Model model) {
    List<String> figures = new ArrayList<>();
    for (EpochResult epoch : model.history().epochs()) {
      figures.add(
          String.format(
              Locale.ROOT,
              "%d %s %s %s %s",
              epoch.epoch(),
              epoch.loss(),
              epoch.accuracy(),
              epoch.valLoss(),
              epoch.learningRate()));
    }
    return figures;
  }

  private static Map<String, float[]> bits(Model model) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    for (Parameter parameter : model.network().parameters()) {
      bits.put(parameter.layer() + "/" + parameter.name(), parameter.values());
    }
    for (Optimizer.Slot slot : model.optimizer().slots()) {
      bits.put(slot.name(), slot.values());
    }
    return bits;
  }
}
