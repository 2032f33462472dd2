package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelNotes;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Trainings whose options stand in a file. */
class ConfigTest {
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

  private String printed(String... args) {
    List<String> all = new ArrayList<>(List.of("train", "--print-config"));
    all.addAll(List.of(args));
    assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
    return out.toString();
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("run.yaml"), text).toString();
  }

  private Path photos() throws IOException {
    Path photos = folder.resolve("photos");
    for (String name : List.of("cat", "dog")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3 * i, name.length() + i, name.equals("cat") ? 0xff8800 : 0x0088ff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
    return photos;
  }

  @Test
  void everyOptionStandsInThePrintedOne() {
    String text = printed();
    CommandLine train = Main.newCommandLine().getSubcommands().get("train");
    List<String> keys =
        text.lines().skip(1).map(line -> line.substring(0, line.indexOf(':'))).toList();
    List<String> wanted =
        train.getCommandSpec().options().stream()
            .map(OptionSpec::longestName)
            .filter(
                name ->
                    !name.matches(
                        "--(help|version|config|recipe|print-config|workers|rank|secret|wire)"))
            .map(name -> name.substring(2))
            .toList();
    assertThat(keys).containsExactlyElementsOf(wanted);
    assertThat(text.lines())
        .contains(
            "network: resnet50",
            "input: 64x64",
            "epochs: 12",
            "batch: 16",
            "learning-rate: 0.001",
            "schedule: cosine(warmup=1epochs,to=0)",
            "preprocessing: rescale",
            "early-stopping: null  # default: never",
            "overwrite: false");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void printedOneIsReadAsItWasPrinted() throws IOException {
    String[] args = {
      "--data=" + photos(),
      "--network=cifarresnet20",
      "--input=32x48",
      "--optimizer=sgd",
      "--momentum=0.9",
      "--nesterov",
      "--learning-rate=1e-5",
      "--freeze=conv1,!bn*",
      "--augment=flip,crop(pad=4)",
      "--class-weights=cat=2,dog=1",
      "--save=" + folder.resolve("a # model: 1.h5"),
      "--checkpoint-every=3epochs",
      "--no-progress"
    };
    String text = printed(args);
    assertThat(text).contains("momentum: 0.9").contains("freeze: [conv1, '!bn*']");
    assertThat(printed("--config", config(text))).isEqualTo(text);
  }

  @Test
  void recipeHoldsBelowTheFileAndTheCommandLine() throws IOException {
    String file = config("label-smoothing: 0.2\nweight-decay: 0.3\n");
    assertThat(printed("--recipe=strong", "--config", file, "--weight-decay=0.5").lines())
        .contains(
            "init: he_normal",
            "average-weights: 0.998",
            "label-smoothing: 0.2",
            "weight-decay: 0.5");
    String named = config("recipe: strong\nweight-decay: 0.5\n");
    assertThat(printed("--config", named))
        .isEqualTo(printed("--recipe=strong", "--weight-decay=0.5"));
    assertThat(run("train", "--config", config("epochs: 3\nrecipe: stronger\n"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("run.yaml line 2: ", "recipe requires strong, got 'stronger'");
    assertThat(run("train", "--config", config("recipe: [strong]\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("run.yaml line 1: recipe requires one value, got a list");
    assertThat(run("train", "--recipe=stronger")).isEqualTo(2);
    assertThat(err.toString()).contains("--recipe requires strong, got 'stronger'");
  }

  @Test
  void partsMayBeNestedAndTheCommandLineWins() throws IOException {
    String file =
        config(
            """
            # A training.
            augment:
              - flip
              - crop: {pad: 4}
              - mixup:
            schedule: {step: {at: [3, 6], factor: 0.5}}
            init: {random_uniform: {min: -0.1, max: 0.1}}
            class-weights: {cat: 2, dog: 1}
            freeze: [conv1, "!bn*"]
            epochs: 30
            overwrite: true
            early-stopping: ~
            """);
    assertThat(printed("--config", file, "--epochs", "5", "--no-overwrite").lines())
        .contains(
            "augment: flip,crop(pad=4),mixup",
            "schedule: step(at=3/6,factor=0.5,warmup=0epochs)",
            "init: random_uniform(min=-0.1,max=0.1)",
            "class-weights: cat=2,dog=1",
            "freeze: [conv1, '!bn*']",
            "epochs: 5",
            "overwrite: false",
            "early-stopping: null  # default: never");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1 | epoch: 3 | unknown key 'epoch'; did you mean 'epochs'?",
        "1 | help: true | unknown key 'help'",
        "1 | print-config: true | unknown key 'print-config'",
        "2 | epochs: 3%nbatch: x | batch requires a whole number, got 'x'",
        "1 | epochs: 0 | --epochs requires a number of at least 1, got 0",
        "1 | epochs: [1] | epochs requires one value, got a list",
        "1 | data: {a: b} | data requires one value, got a mapping",
        "1 | new-head: yes | new-head requires true or false, got 'yes'",
        "1 | freeze: {a: b} | freeze requires one value or a list, got a mapping",
        "1 | input: 64 | input requires HEIGHTxWIDTH, each from 1 to 9999, as in 64x64, got '64'",
        "1 | optimizer: adagrad | optimizer requires adam or sgd, got 'adagrad'",
        "1 | watch: f1 | unknown figure 'f1': it is loss or a metric, behind val_ for validation; unknown metric 'f1'",
        "2 | #%nlabel-smoothing: 2 | requires a number of at least 0 and below 1, got 2",
        "1 | augment: [flop] | unknown augmentation 'flop'",
        "1 | schedule: {cosine: 3} | schedule requires a name, or a name with settings",
        "1 | network: vgg | there is no network 'vgg'",
        "1 | momentum: 0.9 | --momentum requires --optimizer sgd",
        "2 | epochs: 3%nepochs: 3 | epochs stands in line 1 already",
        "1 | - epochs | requires lines as in 'epochs: 20', got a list",
        "2 | epochs: [3%nx: 2 | is no YAML: ",
        "1 | `? [a]%n: 3` | requires the name of an option before ':'",
      })
  void mistakesAreToldWithTheirLine(int line, String text, String message) throws IOException {
    String file = config(text.replace("%n", "\n"));
    assertThat(run("train", "--config", file)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(message);
    assertThat(err.toString()).startsWith("lanewise train: " + file + " line " + line + ": ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void filesThatAreNone() throws IOException {
    String missing = folder.resolve("missing.yaml").toString();
    assertThat(run("train", "--config", missing)).isEqualTo(2);
    assertThat(err.toString()).contains("--config requires a file, got no file at " + missing);
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe4});
    assertThat(run("train", "--config", latin.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("requires a text in UTF-8");
    assertThat(printed("--config", config(""))).isEqualTo(printed());
  }

  @Test
  void trainingIsRepeatedToTheSameBits() throws IOException {
    Path file = folder.resolve("m.h5");
    Path report = folder.resolve("report");
    String[] args = {
      "train",
      "--data=" + photos(),
      "--network=cifarresnet20",
      "--input=32x32",
      "--epochs=2",
      "--batch=2",
      "--augment=flip,crop(pad=2)",
      "--average-weights=0.9",
      "--seed=7",
      "--no-progress",
      "--save=" + file,
      "--report=" + report
    };
    assertThat(run(args)).as(err.toString()).isZero();
    Map<String, float[]> bits = bits(file);
    String text = Files.readString(report.resolve("config.yaml"));
    assertThat(ModelNotes.of(file)).containsEntry(Configuration.NOTE, text);
    assertThat(text).contains("seed: 7").contains("learning-rate: 0.001");

    Path again = folder.resolve("again.h5");
    String config = report.resolve("config.yaml").toString();
    assertThat(run("train", "--config", config, "--save=" + again)).as(err.toString()).isZero();
    assertSame(bits(again), bits);
    Path fromModel = folder.resolve("from-model.h5");
    assertThat(run("train", "--config", file.toString(), "--save=" + fromModel))
        .as(err.toString())
        .isZero();
    assertSame(bits(fromModel), bits);

    Files.writeString(report.resolve("config.yaml"), "mine: 1\n");
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains("--report requires a folder without a configuration or");
    assertThat(report.resolve("config.yaml")).hasContent("mine: 1\n");
  }

  private static void assertSame(Map<String, float[]> got, Map<String, float[]> wanted) {
    assertThat(got).hasSameSizeAs(wanted);
    got.forEach((name, values) -> assertThat(values).as(name).isEqualTo(wanted.get(name)));
  }

  private static Map<String, float[]> bits(Path file) {
    Map<String, float[]> bits = new LinkedHashMap<>();
    try (Model model = Model.load(file, 1)) {
      for (Parameter parameter : model.network().parameters()) {
        bits.put(parameter.layer() + "/" + parameter.name(), parameter.values());
      }
    }
    return bits;
  }
}
