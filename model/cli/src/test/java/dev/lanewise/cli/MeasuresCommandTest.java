package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** Labels and numbers from the data to the answers, by the command line. */
class MeasuresCommandTest {
  private static final int IMAGES = 24;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  /** Draws images that are red, green, both or neither, and says so in a table. */
  private Path data(boolean numbers) throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    List<String> lines = new ArrayList<>(List.of("file,red,green"));
    Random random = new Random(1);
    for (int i = 0; i < IMAGES; i++) {
      double red = numbers ? random.nextDouble() : i % 2;
      double green = numbers ? random.nextDouble() : i / 2 % 2;
      BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 400; p++) {
        int rgb = (int) (200 * red) << 16 | (int) (200 * green) << 8 | random.nextInt(50);
        image.setRGB(p % 20, p / 20, rgb);
      }
      ImageIO.write(image, "png", data.resolve(i + ".png").toFile());
      lines.add(i + ".png," + (numbers ? red + "," + green : i % 2 + "," + i / 2 % 2));
    }
    Files.write(data.resolve("labels.csv"), lines);
    return data;
  }

  private int train(Path data, Path model, String... further) {
    List<String> args =
        new ArrayList<>(List.of("train", "--data", data.toString(), "--save", model.toString()));
    args.addAll(List.of("--network", "cifarresnet20", "--input", "32x32"));
    args.addAll(List.of("--epochs", "2", "--batch", "6", "--threads", "2", "--no-progress"));
    args.addAll(List.of(further));
    return run(args.toArray(String[]::new));
  }

  @Test
  void labelsAreTrainedEvaluatedAndTold() throws IOException {
    Path data = data(false);
    Path model = folder.resolve("labels.h5");
    Path history = folder.resolve("history.json");
    Path report = folder.resolve("report");
    assertThat(
            train(
                data,
                model,
                "--metrics",
                "accuracy,auc",
                "--watch",
                "val_auc",
                "--history",
                history.toString(),
                "--report",
                report.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("2 labels")
        .contains("binary_crossentropy; measured: accuracy, auc")
        .containsPattern(
            "Test {6}loss \\d+\\.\\d{4}, accuracy [01]\\.\\d{4}, auc [01]\\.\\d{4} on 5");
    Map<String, Object> epochs = json(Files.readString(history));
    assertThat(epochs.keySet()).contains("loss", "accuracy", "auc", "val_loss", "val_auc");
    assertThat(Files.readString(report.resolve("index.html")))
        .contains("val. auc")
        .contains("<th>AUC</th>")
        .doesNotContain("Confusion matrix");
    assertThat(run("evaluate", "--model", model.toString(), "--data", data.toString(), "--json"))
        .isZero();
    Map<String, Object> json = json(out.toString());
    assertThat(json.keySet()).containsExactly("loss", "accuracy", "auc", "images", "labels");
    assertThat(((Map<?, ?>) ((List<?>) json.get("labels")).get(1)).keySet())
        .asInstanceOf(InstanceOfAssertFactories.collection(Object.class))
        .containsExactly("label", "precision", "recall", "f1", "auc", "images");
    String image = data.resolve("3.png").toString();
    assertThat(run("predict", "--model", model.toString(), image)).isZero();
    assertThat(out.toString()).containsPattern("  red [01]\\.\\d{4}").containsPattern("  green ");
    assertThat(run("predict", "--model", model.toString(), "--json", image)).isZero();
    assertThat(out.toString()).contains("\"labels\": [{\"label\": \"");
    assertThat(run("train", "--resume", model.toString(), "--epochs", "1", "--no-progress"))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("val_auc");
    assertThat(run("train", "--resume", model.toString(), "--metrics", "auc")).isEqualTo(2);
    assertThat(err.toString()).contains("--metrics does not go with --resume");
  }

  /** Reads JSON, every text of which is one of YAML. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }

  @Test
  void numbersAreTrainedEvaluatedAndTold() throws IOException {
    Path data = data(true);
    Path model = folder.resolve("numbers.safetensors");
    Path report = folder.resolve("report");
    assertThat(train(data, model)).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("2 numbers")
        .contains("mean_squared_error; measured: mean_absolute_error")
        .contains("mean absolute error ");
    assertThat(
            run(
                "evaluate",
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--json",
                "--report",
                report.toString()))
        .isZero();
    Map<String, Object> json = json(out.toString());
    assertThat(json.keySet()).containsExactly("loss", "mean_absolute_error", "images", "values");
    assertThat(Files.readString(report.resolve("index.html"))).contains("Largest errors");
    String image = data.resolve("3.png").toString();
    assertThat(run("predict", "--model", model.toString(), image)).isZero();
    assertThat(out.toString()).containsPattern("  red -?\\d+\\.\\d{4}  green -?\\d+\\.\\d{4}");
    assertThat(run("predict", "--model", model.toString(), "--json", image)).isZero();
    assertThat(out.toString()).contains("\"values\": [{\"name\": \"red\", \"index\": 0, \"value\"");
  }

  @Test
  void whatDoesNotGoWithTheDataIsRefused() throws IOException {
    Path data = data(false);
    Path model = folder.resolve("none.h5");
    assertThat(train(data, model, "--loss", "hinge")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("lanewise train: --loss: unknown loss 'hinge'; known are");
    assertThat(train(data, model, "--metrics", "accuracy,f2")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("lanewise train: --metrics: unknown metric 'f2'; known are");
    assertThat(train(data, model, "--loss", "categorical_crossentropy")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(
            "lanewise train: the loss categorical_crossentropy requires images with one class each,"
                + " got images with any number of labels");
    String best = folder.resolve("best.h5").toString();
    assertThat(train(data, model, "--save-best", best, "--best-by", "val_auc")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--best-by requires a figure that is measured, of loss, accuracy, got val_auc");
    assertThat(model).doesNotExist();
  }
}
