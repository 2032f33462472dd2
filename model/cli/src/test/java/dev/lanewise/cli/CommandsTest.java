package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.layer.Parameter;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.Datasets;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.PixelMean;
import dev.lanewise.model.data.StandardPreprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands on a saved model that was never trained. */
class CommandsTest {
  private static final int SIZE = 33;
  private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5");

  @TempDir private static Path folder;
  private static Path model;
  private static Path weights;
  private static Path photos;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void saveModelAndPhotos() throws IOException {
    model = folder.resolve("a model.h5");
    try (Model untrained = Model.build("resnet50", ModelOptions.of(SIZE, SIZE, CLASSES))) {
      untrained.save(model);
      weights = folder.resolve("weights.safetensors");
      untrained.saveWeights(weights);
    }
    photos = folder.resolve("photos");
    for (String name : List.of("cat", "dog")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 2; i++) {
        BufferedImage image = new BufferedImage(40, 50, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0xffffff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
  }

  private int run(String... args) {
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  @Test
  void predictPrintsTheMostProbableClassesFirst() {
    Path photo = photos.resolve("cat").resolve("0.png");
    assertThat(run("predict", "--model", model.toString(), "--top", "9", photo.toString()))
        .isZero();
    String line = out.toString().strip();
    assertThat(line).startsWith(photo + "  ");
    String[] words = line.substring(photo.toString().length()).strip().split(" +");
    assertThat(words).hasSize(12);
    double sum = 0;
    for (int i = 1; i < words.length; i += 2) {
      double probability = Double.parseDouble(words[i]);
      assertThat(i == 1 || probability <= Double.parseDouble(words[i - 2])).isTrue();
      sum += probability;
    }
    assertThat(sum).isBetween(0.999, 1.001);
  }

  @Test
  void evaluateMeasuresTheEmbeddedImages() {
    assertThat(run("evaluate", "--model", model.toString(), "--json")).isZero();
    assertThat(out.toString())
        .matches(
            "\\{\"loss\": [0-9.]+, \"accuracy\": [0-9.]+, \"images\": 120,"
                + " \"top_k_accuracy\": .*\"confusion_matrix\": [\\[\\], 0-9]+}\\R");
    assertThat(err.toString()).contains("loss ").contains("accuracy ");
  }

  @Test
  void evaluateWritesAPage() throws IOException {
    Path report = folder.resolve("evaluated");
    String[] args = {"evaluate", "--model", model.toString(), "--report", report.toString()};
    assertThat(run(args)).as(err.toString()).isZero();
    assertThat(out.toString()).contains("Report    " + report.resolve("index.html"));
    assertThat(report.resolve("index.html")).content().contains("Evaluation of a model.h5");
    assertThat(run(args)).as("a report is replaced").isZero();
    Files.writeString(report.resolve("index.html"), "<html>mine</html>");
    assertMistake("--report requires a folder without a page or with a report to replace", args);
  }

  @Test
  void predictPrintsJsonWithAllDigits() {
    String photo = photos.resolve("cat").resolve("0.png").toString();
    assertThat(run("predict", "--model", model.toString(), "--json", "--top", "2", photo)).isZero();
    String one = "\\{\"class\": \"\\d\", \"index\": \\d, \"probability\": [-0-9.E]+}";
    assertThat(out.toString())
        .matches("\\{\"image\": \".*0.png\", \"predictions\": \\[" + one + ", " + one + "]}\\R");
  }

  @Test
  void findLrSuggestsARateAndSavesNothingElse() throws IOException {
    Path drawing = folder.resolve("rates.svg");
    List<String> args = new ArrayList<>(List.of("find-lr", "--network", "cifarresnet20"));
    args.addAll(List.of("--input", "32x32", "--data", photos.toString(), "--batch", "2"));
    args.addAll(List.of("--steps", "20", "--from", "1e-4", "--to", "1"));
    args.addAll(List.of("--out", drawing.toString()));
    assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Step 1/20  learning rate 1.00e-04  loss ")
        .containsPattern("Suggested: --learning-rate [0-9.e-]+|No learning rate of this range")
        .contains("Drawn to " + drawing);
    assertThat(drawing).content().startsWith("<svg ");
  }

  @Test
  void weightFilesOfOthersWantTheirNetwork() {
    String file = weights.toString();
    assertMistake("--network has to say which network it is; known: ", "evaluate", "--model", file);
    assertMistake(
        "does not say of which size its input images are",
        "predict",
        "--model",
        file,
        "--network",
        "resnet50",
        "x.jpg");
    String[] args = {"evaluate", "--model", file, "--network", "ResNet50", "--input", "33x33"};
    assertThat(run(args)).isZero();
    String measured = out.toString();
    assertThat(measured).contains("accuracy ");
    out.getBuffer().setLength(0);
    assertThat(run("evaluate", "--model", model.toString(), "--show-matches")).isZero();
    assertThat(out).hasToString(measured);
    assertThat(err.toString())
        .contains(" layers matched by name")
        .contains("  res2a_branch2a <- res2a_branch2a: kernel [1,1,64,64], bias [64]");
    String photo = photos.resolve("cat").resolve("0.png").toString();
    String[] predict = {
      "predict",
      "--model",
      file,
      "--network",
      "resnet50",
      "--input",
      "33x33",
      "--classes",
      "a,b,c,d,e,f",
      photo
    };
    out.getBuffer().setLength(0);
    assertThat(run(predict)).isZero();
    assertThat(out.toString()).matches("(?s).*  [a-f] [0-9.]+\\R");
    predict[8] = "a,b";
    assertMistake("the model has 6 classes, got 2 names", predict);
  }

  @Test
  void optionsMustNotContradictAModelOfLanewise() {
    String[] agreeing = {
      "evaluate",
      "--model",
      model.toString(),
      "--network",
      "resnet50",
      "--input",
      "33x33",
      "--classes",
      "0,1,2,3,4,5"
    };
    assertThat(run(agreeing)).isZero();
    for (String[] option :
        List.of(
            new String[] {"--network", "resnet51"},
            new String[] {"--input", "34x33"},
            new String[] {"--classes", "a,b"})) {
      assertMistake(
          option[0] + " " + option[1] + " contradicts " + model,
          "evaluate",
          "--model",
          model.toString(),
          option[0],
          option[1]);
    }
  }

  private void assertMistake(String wanted, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains(wanted);
  }

  @Test
  void otherClassesAreAMistake() {
    String[] args = {"evaluate", "--model", model.toString(), "--data", photos.toString()};
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("6 classes [0, 1, 2, 3, 4, 5]")
        .contains("2 classes [cat, dog]");
  }

  @Test
  void newHeadIsTrainedOnFrozenWeightsAndResumed() {
    String weights = folder.resolve("caffe.h5").toString();
    try (Model six =
        Model.build(
            "resnet50",
            ModelOptions.of(SIZE, SIZE, CLASSES).withPreprocessing(StandardPreprocessing.CAFFE))) {
      six.save(Path.of(weights));
    }
    String saved = folder.resolve("two.h5").toString();
    String data = photos.toString();
    List<String> options = List.of("--data", data, "--validation-split", "0.5", "--epochs", "1");
    List<String> first = new ArrayList<>(List.of("train", "--input", SIZE + "x" + SIZE));
    first.addAll(List.of("--save", saved, "--weights", weights, "--new-head"));
    first.addAll(List.of("--freeze", "*,!fc*", "--head-learning-rate", "0.01"));
    first.addAll(options);
    assertThat(run(first.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("33x33x3 of BGR pixels - [103.939, 116.779, 123.68], 2 classes")
        .contains("Start     the weights of " + weights + ", with a new head")
        .contains("Frozen    106 of 107 layers with parameters; 4,098 parameters train")
        .contains("adam, learning rate 0.001 (x 10 in fc2)");
    out.getBuffer().setLength(0);
    List<String> second = new ArrayList<>(List.of("train", "--resume", saved));
    second.addAll(options);
    assertThat(run(second.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("Frozen    106 of 107 layers")
        .contains("(x 10 in fc2)")
        .contains("BGR pixels");
    try (Model six = Model.load(Path.of(weights), 1);
        Model two = Model.load(Path.of(saved), 1)) {
      assertThat(two.preprocessing()).isEqualTo(StandardPreprocessing.CAFFE);
      for (int i = 0; i < six.network().parameters().size(); i++) {
        Parameter before = six.network().parameters().get(i);
        if (!before.layer().startsWith("fc")) {
          assertThat(two.network().parameters().get(i).values())
              .as(before.layer())
              .isEqualTo(before.values());
        }
      }
    }
  }

  @Test
  void theMeanImageOfTheTrainingGoesWithTheModel() {
    String saved = folder.resolve("mean.safetensors").toString();
    String data = photos.toString();
    int code =
        run(
            "train",
            "--data",
            data,
            "--network",
            "cifarresnet20",
            "--input",
            "32x32",
            "--epochs",
            "1",
            "--preprocessing",
            "pixel-mean",
            "--save",
            saved);
    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("32x32x3 of pixels / 255 - mean image of 32x32x3");
    ImageDataset images = Datasets.open(photos, ImageShape.rgb(32, 32), 0, 1).train();
    try (Model loaded = Model.load(Path.of(saved), 1)) {
      assertThat(loaded.preprocessing()).isEqualTo(PixelMean.of(images));
    }
    assertThat(run("evaluate", "--model", saved, "--data", data)).as(err.toString()).isZero();
    String same = "pixel-mean=" + data;
    assertThat(run("evaluate", "--model", saved, "--data", data, "--preprocessing", same)).isZero();
    assertThat(run("predict", "--model", saved, "--preprocessing", "rescale", data)).isEqualTo(2);
    assertThat(err.toString())
        .contains(
            "--preprocessing rescale contradicts " + saved + ", which is a model that takes pixels")
        .doesNotContain("base64");
  }

  /** A folder of images is one also where a model lies beside them. */
  @Test
  void trainsAgainWhereModelsLieAmongTheImages() throws IOException {
    Path here = Files.createDirectory(folder.resolve("here"));
    for (String name : List.of("a", "b")) {
      Path files = Files.createDirectory(here.resolve(name));
      for (int i = 0; i < 3; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0xffffff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
    List<String> args = new ArrayList<>(List.of("train", "--network", "cifarresnet20"));
    args.addAll(List.of("--data", here.toString(), "--input", "32x32", "--epochs", "1"));
    args.addAll(List.of("--batch", "2", "--save", here.resolve("m.h5").toString()));
    assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
  }

  @Test
  void modelWithoutOptimizerCannotGoOn() {
    assertThat(run("train", "--resume", model.toString())).isEqualTo(2);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("holds no optimiser, so its training cannot go on");
  }

  @Test
  void summaryCountsTheTutorialsParameters() {
    assertThat(run("summary", "--input", "64x64", "--classes", "6")).isZero();
    assertThat(out.toString())
        .contains("Total params: 23,600,006")
        .contains("Trainable params: 23,546,886")
        .contains("Non-trainable params: 53,120");
  }

  @Test
  void summaryTellsWhatTrainingTakes() {
    assertThat(run("summary", "--model", model.toString(), "--batch", "4")).isZero();
    assertThat(out.toString())
        .contains("(None, 33, 33, 3)")
        .contains("a multiply-add counts as 2")
        .contains("Planned for training on 4 images: ");
    assertThat(run("summary", "--model", model.toString(), "--batch", "999999")).isZero();
    assertThat(out.toString())
        .contains("nothing, since layer conv1 puts out 18496 values for each image of 33x33")
        .contains("requires a batch of at most 116105 images, got 999999");
  }

  @Test
  void plotDrawsAndReplacesADrawing() throws IOException {
    Path file = folder.resolve("net.svg");
    assertThat(run("plot", "--input", "33x33", "--classes", "6", "--out", file.toString()))
        .isZero();
    String drawing = Files.readString(file);
    assertThat(drawing).startsWith("<svg ").contains("33×33×3 to 6;").endsWith("</svg>\n");
    assertThat(run("plot", "--model", model.toString(), "--out", file.toString(), "--overwrite"))
        .isZero();
    assertThat(Files.readString(file)).isEqualTo(drawing);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void previewDrawsOriginalsBesideWhatTrainingSees() throws IOException {
    Path file = folder.resolve("sheet.png");
    String[] args = {
      "preview",
      "--augment",
      "flip(chance=1)",
      "--input",
      "96x80",
      "--rows",
      "3",
      "--draws",
      "2",
      "--out",
      file.toString()
    };
    assertThat(run(args)).isZero();
    assertThat(out.toString()).isEqualTo("Drawn to " + file + System.lineSeparator());
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertThat(sheet.getWidth()).isEqualTo(4 + 3 * 84);
    assertThat(sheet.getHeight()).isEqualTo(4 + 3 * 100);
    for (int y = 0; y < 96; y++) {
      for (int x = 0; x < 80; x++) {
        int original = sheet.getRGB(4 + x, 104 + y);
        assertThat(sheet.getRGB(4 + 84 + 79 - x, 104 + y)).isEqualTo(original);
        assertThat(sheet.getRGB(4 + 168 + 79 - x, 104 + y)).isEqualTo(original);
      }
    }
    byte[] before = Files.readAllBytes(file);
    List<String> again = new ArrayList<>(List.of(args));
    again.add("--overwrite");
    assertThat(run(again.toArray(String[]::new))).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void previewShowsAFolderOfAnySize() throws IOException {
    Path file = folder.resolve("photos.PNG");
    String[] args = {
      "preview",
      "--data",
      photos.toString(),
      "--augment",
      "trivial-augment,cutmix",
      "--input",
      "16x300",
      "--validation-split",
      "0",
      "--out",
      file.toString()
    };
    assertThat(run(args)).isZero();
    // Four images; the longer side becomes 256.
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertThat(sheet.getHeight()).isEqualTo(4 + 4 * (14 + 4));
    assertThat(sheet.getWidth()).isEqualTo(4 + 9 * (256 + 4));
  }
}
