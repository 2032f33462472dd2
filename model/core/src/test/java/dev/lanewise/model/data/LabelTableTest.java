package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of images with a table of what each is compared with. */
class LabelTableTest {
  private static final ImageShape SHAPE = ImageShape.rgb(4, 4);

  @TempDir private Path folder;

  @BeforeEach
  void drawImages() throws IOException {
    for (String part : new String[] {"", "train", "test", "test/deep"}) {
      Files.createDirectories(folder.resolve(part));
      for (int i = 0; i < 6; i++) {
        BufferedImage image = new BufferedImage(5, 6, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i % 5, 0, 0xFFFFFF);
        ImageIO.write(image, "png", folder.resolve(part).resolve(i + ".png").toFile());
      }
    }
  }

  private void table(String part, String... lines) throws IOException {
    Files.write(folder.resolve(part).resolve("labels.csv"), java.util.List.of(lines));
  }

  private DatasetPair open(double split) {
    return Datasets.open(folder, SHAPE, split, 1);
  }

  private static float[] target(ImageDataset images, int index) {
    float[] target = new float[images.classNames().size()];
    images.target(index, target, 0);
    return target;
  }

  @Test
  void zerosAndOnesAreLabels() throws IOException {
    table("", "\uFEFFfile,red,\"big, round\"", "3.png,1,0", "", "0.png, 0 ,1", "\"5.png\",1,1.0");
    ImageDataset images = open(0).train();
    assertThat(images.targetKind()).isEqualTo(TargetKind.LABELS);
    assertThat(images.classNames()).containsExactly("red", "big, round");
    assertThat(images.description())
        .isEqualTo("folder " + folder + ": 3 images 4x4x3, 2 labels (2 images each)");
    assertThat(target(images, 0)).containsExactly(1, 0);
    assertThat(target(images, 1)).containsExactly(0, 1);
    byte[] third = new byte[SHAPE.size()];
    byte[] first = new byte[SHAPE.size()];
    images.read(0, third, 0);
    images.read(1, first, 0);
    assertThat(third).isNotEqualTo(first);
    DatasetPair split = open(0.34);
    assertThat(split.train().size()).isEqualTo(2);
    assertThat(split.test().size()).isEqualTo(1);
  }

  @Test
  void otherNumbersAreNumbersInBothParts() throws IOException {
    table("train", "file,x,y", "0.png,0.5,-2e1", "1.png,0,1");
    table("test", "file,x,y", "1.png,0,1", "deep/2.png,1,1");
    DatasetPair pair = open(0.2);
    assertThat(pair.train().targetKind()).isEqualTo(TargetKind.VALUES);
    assertThat(pair.test().targetKind()).isEqualTo(TargetKind.VALUES);
    assertThat(target(pair.train(), 0)).containsExactly(0.5f, -20);
    assertThat(target(pair.test(), 1)).containsExactly(1, 1);
    ImageDataset test = Datasets.openForEvaluation(folder, SHAPE);
    assertThat(test.targetKind()).isEqualTo(TargetKind.VALUES);
    assertThat(test.size()).isEqualTo(2);
  }

  @Test
  void wordsAreClasses() throws IOException {
    table("", "file,kind", "0.png,cat", "1.png,dog", "2.png,cat", "3.png,dog");
    DatasetPair pair = open(0.5);
    assertThat(pair.train().targetKind()).isEqualTo(TargetKind.CLASS);
    assertThat(pair.train().classNames()).containsExactly("cat", "dog");
    assertThat(pair.test().size()).isEqualTo(2);
    assertThat(pair.train().label(0) + pair.train().label(1)).isEqualTo(1);
  }

  private void refused(String message, String... lines) throws IOException {
    table("", lines);
    String table = folder.resolve("labels.csv").toString();
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(DataException.class)
        .hasMessage(message.replace("TABLE", table));
  }

  @Test
  void badLinesAreToldInOneSentence() throws IOException {
    refused("TABLE requires a first line of 'file' and names of what follows, got 'a,b'", "a,b");
    refused("TABLE requires a first line of 'file' and names of what follows, got ''");
    refused("TABLE requires at least 1 image, got none", "file,a");
    refused(
        "line 1 of TABLE requires a name of its own for each column, got [a, a]",
        "file,a,a",
        "0.png,1,1");
    refused(
        "line 3 of TABLE requires 3 values as the first one, got 2",
        "file,a,b",
        "0.png,1,1",
        "1.png,1");
    refused(
        "line 4 of TABLE requires a number in the column 'b', got 'x'",
        "file,a,b",
        "0.png,1,1",
        "",
        "1.png,1,x");
    refused(
        "line 3 of TABLE requires a number in the column 'a', got ''",
        "file,a",
        "0.png,1",
        "1.png,");
    refused(
        "line 2 of TABLE requires a JPEG or PNG file that is there, got '9.png'",
        "file,a",
        "9.png,1");
    refused(
        "line 3 of TABLE requires a file that no line before has, got './0.png'",
        "file,a",
        "0.png,1",
        "./0.png,0");
    refused("line 2 of TABLE requires a second quote, got one", "file,a", "\"0.png,1");
    refused("TABLE requires at least 2 classes, got 1 (cat)", "file,a", "0.png,cat");
    refused(
        "line 3 of TABLE requires a class in the column 'a', got nothing",
        "file,a",
        "0.png,cat",
        "1.png,");
    Files.write(folder.resolve("labels.csv"), "file,\u00e4".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> open(0))
        .hasMessage(folder.resolve("labels.csv") + " requires text in UTF-8, got other bytes");
  }

  @Test
  void partsWithoutATableOrWithOthersAreRefused() throws IOException {
    table("train", "file,a", "0.png,1");
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no file " + folder.resolve("test").resolve("labels.csv"));
    table("test", "file,b", "0.png,1");
    assertThatThrownBy(() -> open(0))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("training and test part must have the same classes, got [a] in ");
  }
}
