package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.formats.ModelFiles;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedModel;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.training.StepResult;
import dev.lanewise.model.training.TrainingListener;
import dev.lanewise.model.training.Unfailing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Training where a model is already. */
class TrainAgainTest {
  private static final List<String> CLASSES = List.of("cat", "dog");

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void drawPhotos() throws IOException {
    for (String name : CLASSES) {
      Path files = Files.createDirectories(folder.resolve("photos").resolve(name));
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      image.setRGB(name.length(), 2, 0xffffff);
      ImageIO.write(image, "png", files.resolve("0.png").toFile());
    }
  }

  private String run(String... args) {
    out.getBuffer().setLength(0);
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    assertThat(Mistakes.execute(line, args)).as(err.toString()).isZero();
    return out.toString();
  }

  private String train(String... options) {
    List<String> args = new ArrayList<>(List.of("train", "--epochs", "1", "--no-progress"));
    args.addAll(List.of("--data", folder.resolve("photos").toString(), "--validation-split", "0"));
    args.addAll(List.of(options));
    return run(args.toArray(String[]::new));
  }

  private String trainNew(Path file, String... options) {
    List<String> args = new ArrayList<>(List.of("--network", "cifarresnet20"));
    args.addAll(List.of("--input", "32x32", "--save", file.toString()));
    args.addAll(List.of(options));
    return train(args.toArray(String[]::new));
  }

  private List<String> models() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(n -> n.contains("."))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.h5", "m.safetensors", "m.weights.h5"})
  void modelThatIsThereIsKept(String name) throws IOException {
    Path file = folder.resolve(name);
    String first = name.replace("m.", "m.1.");
    String second = name.replace("m.", "m.2.");
    assertThat(trainNew(file)).doesNotContain("the model that is there");
    SavedModel oldest = ModelFiles.load(file);
    byte[] oldestWeights = Files.readAllBytes(file);
    assertThat(trainNew(file, "--seed", "2"))
        .contains("and keeps the model that is there as " + first + System.lineSeparator());
    SavedModel older = ModelFiles.load(file);
    assertThat(trainNew(file, "--seed", "3"))
        .contains("and keeps the model that is there as " + second);
    Set<Path> wanted = new TreeSet<>();
    for (String model : List.of(name, first, second)) {
      Path saved = folder.resolve(model);
      wanted.add(saved);
      if (!name.equals("m.h5")) {
        String start = model.substring(0, model.lastIndexOf('.'));
        wanted.add(folder.resolve(start + ".state.safetensors"));
      }
    }
    assertThat(models()).containsExactlyElementsOf(names(wanted));
    assertThat(folder.resolve(first)).hasBinaryContent(oldestWeights);
    assertThat(ModelFiles.load(folder.resolve(first))).isEqualTo(oldest);
    assertThat(ModelFiles.load(folder.resolve(second))).isEqualTo(older);
    assertThat(ModelFiles.load(file)).isNotEqualTo(older);
  }

  private static List<String> names(Set<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).sorted().toList();
  }

  @Test
  void overwriteKeepsNothing() throws IOException {
    Path file = folder.resolve("m.h5");
    trainNew(file);
    assertThat(trainNew(file, "--seed", "2", "--overwrite"))
        .contains("and replaces the model that is there (--overwrite)");
    assertThat(models()).containsExactly("m.h5");
  }

  @Test
  void resumedModelIsGoneOnWith() throws IOException {
    Path file = folder.resolve("m.h5");
    trainNew(file);
    assertThat(train("--resume", file.toString())).doesNotContain("the model that is there");
    Path same = folder.resolve("photos").resolve("..").resolve("m.h5");
    assertThat(train("--resume", file.toString(), "--save", same.toString()))
        .doesNotContain("the model that is there");
    assertThat(models()).containsExactly("m.h5");

    Path other = folder.resolve("other.h5");
    Files.copy(file, other);
    assertThat(train("--resume", file.toString(), "--save", other.toString()))
        .contains("keeps the model that is there as other.1.h5");
    assertThat(models()).containsExactly("m.h5", "other.1.h5", "other.h5");
  }

  @Test
  void doneTrainingIsNotGoneOnWith() throws IOException {
    Path file = folder.resolve("m.h5");
    trainNew(file);
    byte[] before = Files.readAllBytes(file);
    assertThat(run("train", "--resume", file.toString()))
        .contains("Done      the training in " + file + " is done, with 1 epochs; --epochs N");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void bestModelOfAnotherTrainingIsKept() throws IOException {
    Path file = folder.resolve("m.h5");
    Path best = folder.resolve("best.h5");
    trainNew(file);
    Files.copy(file, best);
    byte[] other = Files.readAllBytes(best);
    String kept = "Best to   " + best + ", and keeps the model that is there as best.1.h5";
    assertThat(trainNew(folder.resolve("n.h5"), "--save-best", best.toString())).contains(kept);
    assertThat(folder.resolve("best.1.h5")).hasBinaryContent(other);
    assertThat(best).isNotEmptyFile();
    assertThat(trainNew(folder.resolve("o.h5"), "--save-best", best.toString(), "--overwrite"))
        .contains("Best to   " + best + System.lineSeparator());
    assertThat(models()).contains("best.h5", "best.1.h5").doesNotContain("best.2.h5");
  }

  @Test
  void failedSaveLeavesTheModelThatWasThere() throws IOException {
    Path file = folder.resolve("m.h5");
    try (Model model = Model.build("cifarresnet20", ModelOptions.of(32, 32, CLASSES))) {
      model.save(file);
      byte[] before = Files.readAllBytes(file);
      // No file can hold this text.
      model.notes().put("half", "\ud800");
      ModelSaver saver = new ModelSaver(model::save, file, true);
      assertThatThrownBy(saver::save).isInstanceOf(ModelFileException.class);
      assertThat(file).hasBinaryContent(before);
      assertThat(models()).containsExactly("m.h5");
    }
  }

  @Test
  void trainingLeavesItsRecords() throws IOException {
    Path file = folder.resolve("m.h5");
    Path log = folder.resolve("log.jsonl");
    Path report = folder.resolve("report");
    Path events = folder.resolve("runs");
    String[] records = {
      "--log",
      log.toString(),
      "--log-steps",
      "--report",
      report.toString(),
      "--tensorboard",
      events.toString(),
      "--tensorboard-steps",
      "1"
    };
    trainNew(file, records);
    List<String> first = Files.readAllLines(log);
    assertThat(first).hasSize(2);
    assertThat(report.resolve("index.html"))
        .content()
        .contains("Training of CifarResNet20", "--tensorboard-steps 1", "adam, learning rate");
    List<String> resumed = new ArrayList<>(List.of("--resume", file.toString()));
    resumed.addAll(List.of(records));
    train(resumed.toArray(String[]::new));
    assertThat(Files.readAllLines(log)).hasSize(4).startsWith(first.toArray(String[]::new));
    try (Stream<Path> files = Files.list(events)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void recordThatCannotBeWrittenIsToldOnceAndTrainingGoesOn() {
    List<String> warnings = new ArrayList<>();
    Unfailing listener =
        new Unfailing(
            new TrainingListener() {
              @Override
              public void onStepEnd(StepResult step) {
                throw new ModelFileException("the disk is full");
              }
            },
            warnings::add);
    listener.onStepEnd(null);
    listener.onStepEnd(null);
    assertThat(warnings).containsExactly("the disk is full; the training goes on");
  }

  @Test
  void namesOfKeptModels() throws IOException {
    assertThat(ModelSaver.keptAs(folder.resolve("model"))).hasFileName("model.1");
    assertThat(ModelSaver.keptAs(folder.resolve(".h5"))).hasFileName(".h5.1");
    Files.createFile(folder.resolve("m.1.h5"));
    assertThat(ModelSaver.keptAs(folder.resolve("m.h5"))).hasFileName("m.2.h5");
  }
}
