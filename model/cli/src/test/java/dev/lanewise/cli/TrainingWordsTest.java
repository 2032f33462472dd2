package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Model;
import dev.lanewise.model.training.EarlyStopping;
import dev.lanewise.model.training.EpochResult;
import dev.lanewise.model.training.Figures;
import dev.lanewise.model.training.History;
import dev.lanewise.model.training.Recipe;
import dev.lanewise.model.training.Watch;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a training says of itself, and what it keeps. */
class TrainingWordsTest {
  @TempDir private Path folder;
  private Path photos;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void drawPhotos() throws IOException {
    photos = folder.resolve("photos");
    for (String name : List.of("cat", "dog")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 10; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3 * i, name.length() + i, name.equals("cat") ? 0xff8800 : 0x0088ff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  private int train(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "train",
                "--data=" + photos,
                "--network=cifarresnet20",
                "--input=32x32",
                "--threads=1",
                "--save=" + folder.resolve("m.h5")));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private static History history(double... losses) {
    List<EpochResult> epochs = new ArrayList<>();
    for (double loss : losses) {
      Figures figures = new Figures(List.of("loss", "val_loss"), loss, loss);
      epochs.add(new EpochResult(epochs.size() + 1, 1, 1, figures, 1e-3, 0));
    }
    return new History(epochs);
  }

  @Test
  void earlyEndNamesTheEpochs() {
    EarlyStopping rule = new EarlyStopping(2, 0, true);
    Recipe recipe = Recipe.PLAIN.withEarlyStopping(rule);
    assertThat(EarlyEnd.text(recipe, history(3, 1, 2, 2), 9))
        .contains(
            "Stopped   after epoch 4: val_loss has not gained since epoch 2, whose weights are"
                + " taken");
    assertThat(EarlyEnd.text(recipe, history(3, 1, 2), 3))
        .contains("Weights   those of epoch 2 are taken, whose val_loss is the best");
    assertThat(EarlyEnd.text(recipe, history(3, 2, 1), 3)).isEmpty();
    assertThat(EarlyEnd.text(recipe, history(Double.NaN, Double.NaN), 9))
        .contains("Stopped   after epoch 2: loss was never a number");
    assertThat(
            EarlyEnd.text(
                Recipe.PLAIN.withEarlyStopping(new EarlyStopping(2, 0.5, true)),
                history(3, 2.8, 2.7),
                9))
        .contains(
            "Stopped   after epoch 3: val_loss has not gained since epoch 1; the weights of epoch"
                + " 3, the best, are taken");
    assertThat(EarlyEnd.text(Recipe.PLAIN, history(1, 2), 9)).isEmpty();
    assertThat(EarlyEnd.rule(rule, Watch.VAL_ACCURACY))
        .isEqualTo(
            "after 2 epochs without a gain of val_accuracy, with the weights of the best one");
  }

  @Test
  void whatIsAskedForAndIsNotThereIsTold() {
    assertThat(train("--epochs=1", "--batch=99", "--validation-split=0", "--early-stopping=1"))
        .as(err.toString())
        .isZero();
    assertThat(err.toString())
        .contains(
            "a batch of 99 images is more than the 20 to train on: each step is over these",
            "there are no test images to measure val_loss on, so loss of the training images is"
                + " watched in its place");
    assertThat(out.toString())
        .contains("          early stopping after 1 epoch without a gain of val_loss")
        .contains("2 classes")
        .doesNotContain("patience");
    assertThat(train("--epochs=1", "--batch=8", "--accumulate=5")).as(err.toString()).isZero();
    assertThat(err.toString()).contains("--accumulate 5 is more than the 2 batches of an epoch");
  }

  @Test
  void settingsThatDoNotGoWithTheImagesComeBeforeAnythingElse() {
    for (Map.Entry<String, String> mistake :
        Map.of(
                "--class-weights=cat=1,cat=2",
                    "--class-weights requires each class once, got 'cat'",
                "--class-weights=cat=0,dog=0",
                    "--class-weights requires a class with a weight above 0",
                "--class-weights=cat=NaN",
                    "--class-weights requires 'balanced' or names of classes",
                "--class-weights=cow=2",
                    "--class-weights requires names of classes, which are [cat, dog], got 'cow'",
                "--label-smoothing=2",
                    "--label-smoothing requires a number of at least 0 and below 1, got 2",
                "--early-stopping=0", "--early-stopping requires a patience of at least 1 epoch",
                "--bn-momentum=2", "--bn-momentum requires a number of at least 0 and below 1",
                "--watch=val_auc", "--watch requires a figure that is measured")
            .entrySet()) {
      assertThat(train(mistake.getKey())).as(mistake.getKey()).isEqualTo(2);
      assertThat(err.toString()).contains(mistake.getValue());
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(out.toString()).as(mistake.getKey()).isEmpty();
    }
  }

  @Test
  void trainingThatLeavesTheNumbersIsSaved() {
    Path file = folder.resolve("m.h5");
    String[] wild = {"--optimizer=sgd", "--learning-rate=1e6", "--schedule=constant", "--epochs=9"};
    assertThat(train(wild)).isEqualTo(2);
    String said = err.toString();
    assertThat(said).contains("the loss is ", "; try a smaller learning rate; ");
    if (said.contains("holds it")) {
      assertThat(said).contains(file + " holds it as it was before that step");
      try (Model model = Model.load(file)) {
        assertThat(model.unfinished()).isPresent();
      }
    } else {
      assertThat(said).contains("nothing is saved, as its weights are no finite numbers either");
      assertThat(file).doesNotExist();
    }
  }

  @Test
  void evaluateTakesWhatWasHeldOut() throws IOException {
    assertThat(train("--epochs=1", "--validation-split=0.3", "--seed=7"))
        .as(err.toString())
        .isZero();
    String told = line(out, "Test  ").replaceAll("Test +(.*) on 6 images", "$1");
    String[] evaluate = {
      "evaluate", "--model=" + folder.resolve("m.h5"), "--data=" + photos, "--threads=1"
    };
    assertThat(run(evaluate)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("The model was trained on " + photos + ": measures the images held out of it")
        .contains("held-out part: 6 images")
        .contains(told.replace(", ", "  "));
    List<String> all = new ArrayList<>(List.of(evaluate));
    all.add("--all-images");
    assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString()).contains(": 20 images").doesNotContain("held");
    try (Stream<Path> files = Files.walk(photos)) {
      Files.delete(files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow());
    }
    assertThat(run(evaluate)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("images in " + photos + " have changed since the model was trained on them")
        .contains(": 19 images")
        .doesNotContain("held");
  }

  private static String line(StringWriter text, String start) {
    return text.toString().lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
  }

  @Test
  void bannerBreaksLinesBehindTheirTitles() {
    assertThat(Banner.wrapped("Memory    12 MiB: a step 3, weights 4, optimiser 5", 32))
        .containsExactly("Memory    12 MiB: a step 3,", "          weights 4, optimiser 5");
    assertThat(Banner.wrapped("Saves to  /a/very/long/path/without/any/blank and more", 30))
        .containsExactly("Saves to  /a/very/long/path/without/any/blank", "          and more");
    assertThat(Banner.wrapped("Short     line", 80)).containsExactly("Short     line");
  }
}
