package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Classifier;
import dev.lanewise.model.FeatureExtractor;
import dev.lanewise.model.Model;
import dev.lanewise.model.ModelOptions;
import dev.lanewise.model.data.Images;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that take folders of images: what they say of each, and in which order. */
class ManyImagesTest {
  private static final int IMAGES = 40;
  private static final List<String> CLASSES = List.of("a", "b, \"c\"", "d");

  @TempDir private static Path folder;
  private static Path model;
  private static Path photos;
  private static final List<Path> FILES = new ArrayList<>();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void draw() throws IOException {
    model = folder.resolve("small.h5");
    try (Model built = Model.build("cifarresnet20", ModelOptions.of(32, 32, CLASSES))) {
      built.save(model);
      built.saveWeights(folder.resolve("small.safetensors"));
    }
    photos = Files.createDirectories(folder.resolve("photos"));
    Files.createDirectories(photos.resolve("m"));
    Files.writeString(photos.resolve("notes.txt"), "no image");
    for (int i = 0; i < IMAGES; i++) {
      SplittableRandom random = new SplittableRandom(i);
      BufferedImage image = new BufferedImage(36, 30, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 36 * 30; p++) {
        image.setRGB(p % 36, p / 36, random.nextInt());
      }
      String name = (i < 10 ? "m/" : "z") + (10 + i) + ".png";
      FILES.add(photos.resolve(name));
      ImageIO.write(image, "png", FILES.getLast().toFile());
    }
  }

  private int run(String... args) {
    CommandLine line = Main.newCommandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return Mistakes.execute(line, args);
  }

  private void assertMistake(String wanted, String... args) {
    err.getBuffer().setLength(0);
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString()).contains(wanted);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void predictTakesFolders() {
    assertThat(run("predict", "--model", model.toString(), photos.toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(IMAGES);
    try (Classifier classifier = Classifier.load(model, 1)) {
      for (int i = 0; i < IMAGES; i++) {
        Path file = FILES.get(i);
        assertThat(lines.get(i)).isEqualTo(file + "  " + classifier.classify(file).best());
      }
    }
  }

  @Test
  void predictPrintsATableWithAllDigits() {
    assertThat(run("predict", "--model", model.toString(), "--csv", photos.toString())).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(IMAGES + 1);
    assertThat(lines.getFirst()).isEqualTo("image,a,\"b, \"\"c\"\"\",d");
    try (Classifier classifier = Classifier.load(model, 1)) {
      for (int i = 0; i < IMAGES; i++) {
        float[] wanted = classifier.classify(FILES.get(i)).probabilities();
        assertThat(lines.get(i + 1))
            .isEqualTo(FILES.get(i) + "," + wanted[0] + "," + wanted[1] + "," + wanted[2]);
      }
    }
  }

  @Test
  void predictGoesOnBehindABadImage() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
    String good = FILES.getFirst().toString();
    int code = run("predict", "--model", model.toString(), good, bad.toString(), good);
    assertThat(code).isEqualTo(2);
    assertThat(out.toString().lines()).hasSize(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("bad.png");
  }

  @Test
  void mistakesOfPredict() throws IOException {
    String folder = Files.createDirectories(ManyImagesTest.folder.resolve("empty")).toString();
    assertMistake("holds no JPEG or PNG image", "predict", "--model", model.toString(), folder);
    assertMistake(
        "--csv tells of every class: it goes with neither --json nor --top",
        "predict",
        "--model",
        model.toString(),
        "--csv",
        "--json",
        folder);
  }

  @Test
  void featuresAreWrittenForNumPy() throws IOException {
    Path file = folder.resolve("f.npy");
    assertThat(run("features", "--model", model.toString(), "--out", file.toString(), photos + ""))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("40 images of 64 features written to " + file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    bytes.get(magic);
    assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
    byte[] header = new byte[bytes.getShort()];
    bytes.get(header);
    assertThat(bytes.position() % 64).isZero();
    assertThat(new String(header, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (40, 64), }")
        .endsWith(" \n");
    assertThat(bytes.remaining()).isEqualTo(40 * 64 * 4);
    try (FeatureExtractor extractor = FeatureExtractor.load(model, 1)) {
      for (Path image : FILES) {
        for (float value : extractor.features(image)) {
          assertThat(bytes.getFloat()).isEqualTo(value);
        }
      }
    }
  }

  @Test
  void imagesThatCannotBeReadKeepTheirRows() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.png"), "no image");
    Path file = folder.resolve("bad.npy");
    String[] args = {"features", "--model", model.toString(), "--out", file.toString(), "", "", ""};
    args[5] = FILES.get(0).toString();
    args[6] = bad.toString();
    args[7] = FILES.get(1).toString();
    assertThat(run(args)).isEqualTo(2);
    assertThat(err.toString().lines()).singleElement().asString().contains("bad.png");
    assertThat(out.toString())
        .contains("2 images of 64 features written to " + file + ", and NaN for 1");
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int row = 64 * 4;
    bytes.position(bytes.limit() - 3 * row);
    for (int i = 0; i < 3 * 64; i++) {
      assertThat(Float.isNaN(bytes.getFloat())).isEqualTo(i / 64 == 1);
    }
    assertMistake("--out requires a new file, or --overwrite", args);
    args[4] = folder.resolve("bad.csv").toString();
    assertThat(run(args)).isEqualTo(2);
    assertThat(Files.readAllLines(Path.of(args[4])))
        .hasSize(3)
        .element(2)
        .asString()
        .startsWith(args[7] + ",");
  }

  @Test
  void imagesOfTooManyPixelsAreNotRead() {
    String image = FILES.getFirst().toString();
    String name = model.toString();
    String heat = folder.resolve("large.png").toString();
    try {
      assertMistake(
          "at most 1000 are read (--max-pixels",
          "explain",
          "--model",
          name,
          "--max-pixels",
          "1000",
          "--out",
          heat,
          image);
      assertMistake(
          "at most 900 are read (--max-pixels",
          "features",
          "--model",
          name,
          "--max-pixels",
          "900",
          "--nearest",
          image,
          image);
    } finally {
      System.clearProperty(Images.MOST_PIXELS);
    }
  }

  @Test
  void featuresOfWeightsAreWrittenAsATable() throws IOException {
    Path file = folder.resolve("f.csv");
    List<String> args = new ArrayList<>(List.of("features", "--out", file.toString()));
    args.addAll(List.of("--model", folder.resolve("small.safetensors").toString()));
    args.addAll(List.of("--network", "cifarresnet20", "--input", "32x32"));
    args.add(FILES.get(3).toString());
    assertThat(run(args.toArray(String[]::new))).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("image,0,1,2,").endsWith(",63");
    try (FeatureExtractor extractor = FeatureExtractor.load(model, 1)) {
      StringBuilder wanted = new StringBuilder(FILES.get(3).toString());
      for (float value : extractor.features(FILES.get(3))) {
        wanted.append(',').append(value);
      }
      assertThat(lines.get(1)).isEqualTo(wanted.toString());
    }
  }

  @Test
  void anImageIsMostLikeItself() {
    String image = FILES.get(7).toString();
    assertThat(
            run(
                "features",
                "--model",
                model.toString(),
                "--nearest",
                image,
                "--top",
                "3",
                photos.toString()))
        .isZero();
    assertThat(out.toString().lines()).hasSize(3).first().isEqualTo(image + "  1.0000");
  }

  @Test
  void mistakesOfFeatures() {
    String name = model.toString();
    assertMistake("features require --out or --nearest", "features", "--model", name, "x");
    assertMistake(
        "--top requires --nearest",
        "features",
        "--model",
        name,
        "--out",
        "x.npy",
        "--top",
        "2",
        "x");
    assertMistake(
        "--out requires a name that ends in .npy or .csv, got x.txt",
        "features",
        "--model",
        name,
        "--out",
        "x.txt",
        "x");
    assertMistake(
        "contradicts " + name,
        "features",
        "--model",
        name,
        "--nearest",
        "x.png",
        "--input",
        "32x32",
        photos.toString());
  }

  @Test
  void explainDraws() throws IOException {
    Path heat = folder.resolve("heat.png");
    String image = FILES.getFirst().toString();
    String[] args = {"explain", "--model", model.toString(), image, "--out", heat.toString()};
    assertThat(run(args)).as(err.toString()).isZero();
    try (Classifier classifier = Classifier.load(model, 1)) {
      String best = classifier.classify(FILES.getFirst()).best().className();
      assertThat(out.toString()).startsWith(image + "  " + best + " ");
    }
    BufferedImage drawn = ImageIO.read(heat.toFile());
    assertThat(drawn.getWidth()).isEqualTo(448);
    byte[] before = Files.readAllBytes(heat);
    assertMistake("--out requires a new file, or --overwrite", args);
    assertThat(heat).hasBinaryContent(before);
    List<String> again = new ArrayList<>(List.of(args));
    again.add("--overwrite");
    assertThat(run(again.toArray(String[]::new))).isZero();
    assertThat(heat).hasBinaryContent(before);
    assertMistake(
        "--class requires one of a, b, \"c\", d, got x",
        "explain",
        "--model",
        model.toString(),
        image,
        "--class",
        "x",
        "--out",
        folder.resolve("other.png").toString());
    assertMistake(
        "--out requires a name that ends in .png, got x.jpg",
        "explain",
        "--model",
        model.toString(),
        image,
        "--out",
        "x.jpg");
  }
}
