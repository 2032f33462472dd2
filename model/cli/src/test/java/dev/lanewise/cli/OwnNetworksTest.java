package dev.lanewise.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.testing.UserJar;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A user's own network, in a jar in a folder whose name has a blank, in a JVM of its own. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OwnNetworksTest {
  private static final String SPEC =
      """
      package %s;

      import dev.lanewise.spec.*;

      @Network
      @Stem(conv = @ConvBn(name = "conv1", kernel = 3, filters = 4, padding = Padding.SAME))
      @Stage(name = "2", block = Plain.class, stride = 2)
      @Head(pool = @Pool(value = Pool.Kind.GLOBAL_AVERAGE, name = "pool"))
      public interface %s {}

      @Block(shortcut = Shortcut.NONE)
      @ConvBn(name = "a", kernel = 3, filters = 8, padding = Padding.SAME, stride = Stride.OF_BLOCK)
      interface Plain {}
      """;

  @TempDir private static Path folder;
  private static Path jar;
  private static Path photos;
  private static Path model;

  private String output;

  @BeforeAll
  static void make() throws IOException {
    jar = Files.createDirectory(folder.resolve("my jars")).resolve("my.jar");
    UserJar.write(jar, Map.of("my/MyNet.java", SPEC.formatted("my", "MyNet")));
    photos = folder.resolve("photos");
    for (String name : List.of("cat", "dog")) {
      Path files = Files.createDirectories(photos.resolve(name));
      for (int i = 0; i < 5; i++) {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, 0xffffff);
        ImageIO.write(image, "png", files.resolve(i + ".png").toFile());
      }
    }
    model = folder.resolve("model.h5");
  }

  private int run(Map<String, String> environment, Object... args) {
    LaunchedProgram program = LaunchedProgram.run(folder, environment, args);
    output = program.output();
    return program.code();
  }

  private void assertRuns(Object... args) {
    assertThat(run(Map.of(OwnClasses.VARIABLE, jar.toString()), args)).as(output).isZero();
  }

  @Test
  @Order(1)
  void isTrained() {
    int code =
        run(
            Map.of(),
            "--class-path",
            jar,
            "train",
            "--network",
            "mynet",
            "--data",
            photos,
            "--input",
            "16x16",
            "--epochs",
            "1",
            "--batch",
            "4",
            "--save",
            model);
    assertThat(code).as(output).isZero();
    assertThat(output).contains("MyNet, input 16x16x3").contains("Saved ");
    assertThat(model).exists();
  }

  @Test
  @Order(2)
  void isFoundFromTheEnvironment() {
    assertRuns("evaluate", "--model", model, "--data", photos);
    assertThat(output).contains("accuracy ");
    assertRuns("predict", "--model", model, "--top", "2", photos.resolve("cat").resolve("0.png"));
    assertThat(output).contains("cat ").contains("dog ");
    assertRuns("summary", "--model", model);
    assertThat(output).contains("conv1");
    assertRuns("summary", "--network", "my.MyNet");
    assertThat(output).contains("conv1");
    Path svg = folder.resolve("mynet.svg");
    assertRuns("plot", "--network", "MyNet", "--out", svg);
    assertThat(svg).content().contains("conv1");
    assertRuns("train", "--resume", model, "--data", photos, "--epochs", "1");
    assertThat(output).contains("Epoch 2/2");
    assertRuns("train", "--help");
    assertThat(output).contains("mynet");
  }

  @Test
  @Order(3)
  void isAskedForWhereItIsNotThere() {
    assertThat(run(Map.of(), "evaluate", "--model", model, "--data", photos)).isEqualTo(2);
    assertThat(output.lines().filter(line -> !line.startsWith("WARNING")))
        .singleElement()
        .asString()
        .contains("model.h5 holds a model of the network MyNet, which is not there")
        .contains("by --class-path or LANEWISE_CLASS_PATH");
    Path missing = folder.resolve("missing.jar");
    assertThat(run(Map.of(), "--class-path", missing, "summary")).isEqualTo(2);
    assertThat(output)
        .contains("--class-path requires jars or folders that exist, got '" + missing + "'");
  }

  @Test
  @Order(4)
  void isCalledByItsFullNameWhereAnotherHasItsName() {
    Path other = folder.resolve("other.jar");
    UserJar.write(other, Map.of("other/MyNet.java", SPEC.formatted("other", "MyNet")));
    Map<String, String> both = Map.of(OwnClasses.VARIABLE, jar + File.pathSeparator + other);
    assertThat(run(both, "summary", "--network", "mynet")).isEqualTo(2);
    assertThat(output).contains("there are several networks 'mynet': my.MyNet, other.MyNet");
    assertThat(run(both, "summary", "--network", "other.MyNet")).as(output).isZero();
    assertThat(run(both, "summary", "--help")).isZero();
    // Which may break at any dot.
    assertThat(output.replaceAll("\\s+", "")).contains("my.MyNet,").contains("other.MyNet,");
    // The file says which of them it holds.
    assertThat(run(both, "evaluate", "--model", model, "--data", photos)).as(output).isZero();
    // One whose name differs by case alone.
    Path loud = folder.resolve("loud.jar");
    UserJar.write(loud, Map.of("my/MYNET.java", SPEC.formatted("my", "MYNET")));
    Map<String, String> cases = Map.of(OwnClasses.VARIABLE, jar + File.pathSeparator + loud);
    assertThat(run(cases, "summary", "--network", "my.MYNET")).as(output).isZero();
    assertThat(run(cases, "summary", "--network", "my.mynet")).isEqualTo(2);
    assertThat(output).contains("there are several networks 'my.mynet': my.MYNET, my.MyNet");
    // All jars of a folder.
    Map<String, String> star = Map.of(OwnClasses.VARIABLE, jar.resolveSibling("*").toString());
    assertThat(run(star, "summary", "--network", "mynet")).as(output).isZero();
  }

  @Test
  @Order(5)
  void ofGreyImagesReadsColourFilesAsGrey() {
    Path greyJar = folder.resolve("grey.jar");
    String spec = SPEC.replace("@Network", "@Network(channels = 1)");
    UserJar.write(greyJar, Map.of("grey/Grey.java", spec.formatted("grey", "Grey")));
    Map<String, String> grey = Map.of(OwnClasses.VARIABLE, greyJar.toString());
    Path saved = folder.resolve("grey.h5");
    List<Object> train = new ArrayList<>(List.of("train", "--network", "grey", "--data", photos));
    train.addAll(List.of("--input", "16x16", "--epochs", "1", "--batch", "4", "--save", saved));
    assertThat(run(grey, train.toArray())).as(output).isZero();
    assertThat(output).contains("Grey, input 16x16x1").contains("images 16x16x1");
    assertThat(run(grey, "train", "--resume", saved, "--data", photos, "--epochs", "1"))
        .as(output)
        .isZero();
    assertThat(run(grey, "evaluate", "--model", saved, "--data", photos)).as(output).isZero();
    assertThat(output).contains("images 16x16x1");
    assertThat(run(grey, "predict", "--model", saved, photos.resolve("cat").resolve("0.png")))
        .as(output)
        .isZero();
    train.addAll(List.of("--preprocessing", "imagenet", "--overwrite"));
    assertThat(run(grey, train.toArray())).isEqualTo(2);
    assertThat(output).contains("requires images of 3 channels, got network Grey, which takes 1");
  }
}
