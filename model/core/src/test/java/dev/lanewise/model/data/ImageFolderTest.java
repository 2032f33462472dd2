package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.testing.Shared;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  @TempDir Path folder;

  @Test
  void catsAndDogsWithTrainAndTest() {
    DatasetPair pair =
        Datasets.open(Shared.file("data", "cats_dogs"), ImageShape.rgb(16, 16), 0.5, 1);
    assertThat(pair.train().description())
        .endsWith("train: 2400 images 16x16x3, 2 classes (1200 each)");
    assertThat(pair.test().description())
        .endsWith("test: 600 images 16x16x3, 2 classes (300 each)");
    assertThat(pair.train().classNames()).containsExactly("cat", "dog");
  }

  @Test
  void evaluationTakesTheTestPartOrAll() {
    ImageDataset test =
        Datasets.openForEvaluation(Shared.file("data", "cats_dogs"), ImageShape.rgb(8, 8));
    assertThat(test.size()).isEqualTo(600);
    ImageDataset all =
        Datasets.openForEvaluation(Shared.file("data", "cifar10_test"), ImageShape.rgb(32, 32));
    assertThat(all.size()).isEqualTo(1000);
    assertThat(all.classNames()).hasSize(10).startsWith("airplane").endsWith("truck").isSorted();
    assertThat(all.label(0)).isZero();
    assertThat(all.label(999)).isEqualTo(9);
  }

  @Test
  void splitIsStratifiedDisjointAndDecidedByTheSeed() {
    Path cifar = Shared.file("data", "cifar10_test");
    DatasetPair pair = Datasets.open(cifar, ImageShape.rgb(32, 32), 0.2, 1);
    assertThat(pair.train().description()).endsWith("800 images 32x32x3, 10 classes (80 each)");
    assertThat(pair.test().description()).endsWith("200 images 32x32x3, 10 classes (20 each)");
    assertThat(hashes(pair.train())).doesNotContainAnyElementsOf(hashes(pair.test()));
    assertThat(hashes(Datasets.open(cifar, ImageShape.rgb(32, 32), 0.2, 1).test()))
        .isEqualTo(hashes(pair.test()));
    assertThat(hashes(Datasets.open(cifar, ImageShape.rgb(32, 32), 0.2, 2).test()))
        .isNotEqualTo(hashes(pair.test()));
  }

  @Test
  void withoutSplitThereIsNoTestPart() {
    twoClasses(folder);
    DatasetPair pair = Datasets.open(folder, ImageShape.rgb(4, 4), 0, 1);
    assertThat(pair.train().size()).isEqualTo(6);
    assertThat(pair.test()).isNull();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void splitOutsideItsRangeIsRefused(double share) {
    twoClasses(folder);
    assertThatThrownBy(() -> Datasets.open(folder, ImageShape.rgb(4, 4), share, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("the validation split is a share of at least 0 and less than 1, got " + share);
  }

  @Test
  void classByTheWordInTheFileName() {
    for (String name :
        new String[] {"dog.7.png", "cat.12.png", "cat_3.png", "dog8.PNG", "cat-x.png"}) {
      image(folder.resolve(name), 10);
    }
    ImageDataset data = Datasets.open(folder, ImageShape.rgb(4, 4), 0, 1).train();
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.description()).endsWith("5 images 4x4x3, 2 classes (2 to 3 each)");
  }

  @Test
  void fileNameWithoutAWordIsNamed() {
    image(folder.resolve("cat.1.png"), 10);
    Path file = image(folder.resolve("12.png"), 10);
    assertRefused("image " + file + " does not say its class");
  }

  @Test
  void oneClassIsRefused() {
    image(folder.resolve("cat").resolve("1.png"), 10);
    assertRefused("folder " + folder + " must hold at least 2 classes, got 1 (cat)");
  }

  @Test
  void emptyFoldersAreRefused() throws IOException {
    assertRefused("folder " + folder + " holds no data set: requires a folder with train_*.h5");
    twoClasses(folder);
    Path empty = Files.createDirectories(folder.resolve("cow"));
    assertRefused("class folder " + empty + " holds no JPEG or PNG image");
  }

  @Test
  void imagesBesideClassFoldersAreRefused() {
    twoClasses(folder);
    image(folder.resolve("preview.png"), 10);
    assertRefused("has image files (preview.png) beside sub-folders of images (a)");
  }

  @Test
  void otherFilesAreCountedAndLitterIsNot() throws IOException {
    twoClasses(folder);
    Files.writeString(folder.resolve("a").resolve("notes.txt"), "");
    Files.writeString(folder.resolve("readme"), "");
    Files.writeString(folder.resolve("Thumbs.db"), "");
    Files.writeString(folder.resolve("b").resolve(".DS_Store"), "");
    assertThat(Datasets.open(folder, ImageShape.rgb(4, 4), 0, 1).train().description())
        .isEqualTo(
            "folder %s (2 other files ignored): 6 images 4x4x3, 2 classes (3 each)"
                .formatted(folder));
  }

  @Test
  void trainAloneIsSplit() {
    twoClasses(folder.resolve("train"));
    DatasetPair pair = Datasets.open(folder, ImageShape.rgb(4, 4), 0.34, 1);
    assertThat(pair.train().size()).isEqualTo(4);
    assertThat(pair.test().size()).isEqualTo(2);
  }

  @Test
  void differentClassesInTrainAndTestAreRefused() {
    twoClasses(folder.resolve("train"));
    twoClasses(folder.resolve("test"));
    image(folder.resolve("test").resolve("c").resolve("1.png"), 10);
    assertRefused("must have the same classes, got [a, b] in");
  }

  @Test
  void firstUnreadableImageIsNamed() throws IOException {
    twoClasses(folder);
    Files.writeString(folder.resolve("b").resolve("9.png"), "no image");
    Path first = Files.writeString(folder.resolve("a").resolve("9.jpg"), "no image");
    assertRefused("image " + first + " cannot be decoded: requires a JPEG or PNG");
  }

  @Test
  void missingPathIsNamed() {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Datasets.open(none, ImageShape.rgb(4, 4), 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no data set at " + none);
    assertThatThrownBy(() -> Datasets.openForEvaluation(none, ImageShape.rgb(4, 4)))
        .isInstanceOf(DataException.class)
        .hasMessage("there is no data set at " + none);
  }

  @ParameterizedTest
  @CsvSource({"0, ' (read anew each epoch)'", "130, (66% read anew", "359, (16% read anew"})
  void imagesTooManyForMemoryAreReadFromTheirFiles(long memory, String told) {
    twoClasses(folder);
    ImageDataset kept = Datasets.open(folder, ImageShape.rgb(5, 4), 0, 1).train();
    ImageDataset read =
        new ImageFolder(ImageFiles::list, ImageShape.rgb(5, 4), memory, LoadListener.NONE)
            .open(folder, 0, 1)
            .train();
    assertThat(read).isInstanceOf(FileImages.class);
    assertThat(read.size()).isEqualTo(kept.size());
    assertThat(read.classNames()).isEqualTo(kept.classNames());
    assertThat(hashes(read)).isEqualTo(hashes(kept));
    assertThat(hashes(read)).as("again").isEqualTo(hashes(kept));
    assertThat(read.description()).contains(told);
  }

  @Test
  void listenerHearsOfEveryImage() {
    twoClasses(folder);
    Set<Integer> heard = new TreeSet<>();
    Datasets.open(
        folder, ImageShape.rgb(4, 4), 0, 1, (loaded, total) -> heard.add(loaded * 100 + total));
    assertThat(heard).containsExactly(106, 206, 306, 406, 506, 606);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> Datasets.open(folder, ImageShape.rgb(4, 4), 0.2, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /** Writes three images each of the classes a and b. */
  private static void twoClasses(Path folder) {
    for (int i = 0; i < 3; i++) {
      image(folder.resolve("a").resolve(i + ".png"), 10 + i);
      image(folder.resolve("b").resolve(i + ".png"), 20 + i);
    }
  }

  private static Path image(Path file, int grey) {
    try {
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(6, 7, BufferedImage.TYPE_INT_RGB);
      image.setRGB(3, 3, 0x010101 * grey);
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Integer> hashes(ImageDataset dataset) {
    Set<Integer> hashes = new HashSet<>();
    byte[] image = new byte[dataset.shape().size()];
    for (int i = 0; i < dataset.size(); i++) {
      dataset.read(i, image, 0);
      hashes.add(Arrays.hashCode(image));
    }
    return hashes;
  }
}
