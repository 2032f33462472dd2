package dev.lanewise.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.testing.Shared;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignsFileTest {
  @TempDir Path folder;

  @Test
  void signsFolder() {
    DatasetPair pair = Datasets.open(Shared.file("data", "signs"), ImageShape.rgb(64, 64), 0.2, 1);
    assertThat(pair.train().description())
        .isEqualTo("SIGNS file train_signs.h5: 1080 images 64x64x3, 6 classes (180 each)");
    assertThat(pair.test().description())
        .isEqualTo("SIGNS file test_signs.h5: 120 images 64x64x3, 6 classes (20 each)");
    assertThat(pair.test().classNames()).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(
            Datasets.openForEvaluation(Shared.file("data", "signs"), ImageShape.rgb(64, 64))
                .description())
        .isEqualTo(pair.test().description());
  }

  @Test
  void pixelsAndLabelsAreThoseOfTheFile() {
    Path path = Shared.file("data", "signs", "test_signs.h5");
    ImageDataset test = Datasets.openForEvaluation(path, ImageShape.rgb(64, 64));
    int[] wanted;
    long[] labels;
    try (HdfFile file = new HdfFile(path)) {
      wanted = (int[]) file.getDatasetByPath("test_set_x").getDataFlat();
      labels = (long[]) file.getDatasetByPath("test_set_y").getDataFlat();
    }
    byte[] image = new byte[64 * 64 * 3];
    for (int i = 0; i < test.size(); i++) {
      assertThat(test.label(i)).isEqualTo((int) labels[i]);
      test.read(i, image, 0);
      for (int k = 0; k < image.length; k++) {
        if ((image[k] & 255) != wanted[i * image.length + k]) {
          assertThat(image[k] & 255)
              .as("image %d, byte %d", i, k)
              .isEqualTo(wanted[i * image.length + k]);
        }
      }
    }
  }

  @Test
  void otherSizesAreResized() {
    ImageDataset test =
        Datasets.openForEvaluation(
            Shared.file("data", "signs", "test_signs.h5"), ImageShape.rgb(33, 40));
    assertThat(test.description())
        .isEqualTo(
            "SIGNS file test_signs.h5 (converted from 64x64x3): 120 images 33x40x3, 6 classes (20"
                + " each)");
    assertThat(test.shape().size()).isEqualTo(33 * 40 * 3);
  }

  @Test
  void singleFileIsSplit() {
    DatasetPair pair =
        Datasets.open(Shared.file("data", "signs", "train_signs.h5"), ImageShape.rgb(8, 8), 0.1, 1);
    assertThat(pair.train().description()).endsWith("972 images 8x8x3, 6 classes (162 each)");
    assertThat(pair.test().description()).endsWith("108 images 8x8x3, 6 classes (18 each)");
  }

  @Test
  void oneFileMayHoldBothParts() {
    Map<String, Object> content = content("train");
    content.putAll(content("test"));
    DatasetPair pair = Datasets.open(write("both.h5", content), ImageShape.rgb(2, 2), 0.5, 1);
    assertThat(pair.train().size()).isEqualTo(3);
    assertThat(pair.test().size()).isEqualTo(3);
  }

  @Test
  void labelsMayBeARowAndClassesStrings() {
    Map<String, Object> content = content("train");
    content.put("train_set_y", new int[][] {{1, 0, 1}});
    content.put("list_classes", new String[] {"cat", "non-cat"});
    ImageDataset train = Datasets.open(write("a.h5", content), ImageShape.rgb(2, 2), 0, 1).train();
    assertThat(train.classNames()).containsExactly("cat", "non-cat");
    assertThat(train.label(0)).isEqualTo(1);
    byte[] image = new byte[14];
    train.read(2, image, 1);
    assertThat(image).containsExactly(0, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 0);
  }

  @Test
  void integersOfTwoExtentsAreLabels() {
    Map<String, Object> content = content("train");
    content.put("train_set_y", new int[][] {{1, 0, 1}, {0, 0, 0}, {0, 1, 1}});
    content.put("list_classes", new String[] {"cat", "dog", "fox"});
    DatasetPair pair = Datasets.open(write("a.h5", content), ImageShape.rgb(2, 2), 0.4, 1);
    ImageDataset train = Datasets.open(write("b.h5", content), ImageShape.rgb(2, 2), 0, 1).train();
    assertThat(pair.train().size()).isEqualTo(2);
    assertThat(pair.test().size()).isEqualTo(1);
    assertThat(train.targetKind()).isEqualTo(TargetKind.LABELS);
    assertThat(train.description()).endsWith(": 3 images 2x2x3, 3 labels (1 to 2 images each)");
    float[] target = new float[4];
    train.target(2, target, 1);
    assertThat(target).containsExactly(0, 0, 1, 1);
    assertThatThrownBy(() -> train.label(0))
        .isInstanceOf(DataException.class)
        .hasMessage("images with any number of labels each have no one class");
    refused(
        "train_set_y",
        new int[][] {{0, 1}, {1, 2}, {0, 0}},
        "train_set_y must hold 0 or 1 for each label, got 2 for '1' of image 1");
    refused(
        "train_set_y",
        new int[3][3],
        "train_set_y has 3 labels of each image but list_classes has 2 names");
  }

  @Test
  void floatsAreNumbers() {
    Map<String, Object> content = content("train");
    content.put("train_set_y", new float[][] {{1, -0.5f}, {2, 0}, {3, 0.25f}});
    ImageDataset train = Datasets.open(write("a.h5", content), ImageShape.rgb(2, 2), 0, 1).train();
    assertThat(train.targetKind()).isEqualTo(TargetKind.VALUES);
    assertThat(train.description()).endsWith(": 3 images 2x2x3, 2 numbers");
    float[] target = new float[2];
    train.target(2, target, 0);
    assertThat(target).containsExactly(3, 0.25f);
    content.remove("list_classes");
    content.put("train_set_y", new double[] {1, 2, 3});
    ImageDataset one = Datasets.open(write("b.h5", content), ImageShape.rgb(2, 2), 0, 1).train();
    assertThat(one.classNames()).containsExactly("0");
    refused(
        "train_set_y",
        new double[] {1, 2, Double.NaN},
        "train_set_y has 1 numbers of each image but list_classes has 2 names");
    refused(
        "train_set_y",
        new double[][] {{1, 2}, {3, Double.NaN}, {0, 0}},
        "train_set_y must hold finite numbers, got NaN for '1' of image 1");
  }

  @Test
  void namesOfClassesAreUtf8() throws IOException {
    Map<String, Object> content = content("train");
    content.put("list_classes", new String[] {"Hund", "K\u00e4tzchen \u732b"});
    Path file = write("utf8.h5", content);
    assertThat(Datasets.open(file, ImageShape.rgb(2, 2), 0, 1).train().classNames())
        .containsExactly("Hund", "K\u00e4tzchen \u732b");
    // As NumPy's byte strings: of fixed length, said to be ASCII.
    content.put("list_classes", new String[] {"Hund", "K##tzchen"});
    Path ascii = write("ascii.h5", content);
    String bytes = new String(Files.readAllBytes(ascii), StandardCharsets.ISO_8859_1);
    Files.writeString(ascii, bytes.replace("K##", "K\u00c3\u00a4"), StandardCharsets.ISO_8859_1);
    assertThat(Datasets.open(ascii, ImageShape.rgb(2, 2), 0, 1).train().classNames())
        .containsExactly("Hund", "K\u00e4tzchen");
  }

  @Test
  void extentsThatTheFileCannotHoldAreRefused() throws IOException {
    // Its headers have no checksums: 120 images, and as many labels.
    byte[] bytes = Files.readAllBytes(Shared.file("data", "signs", "test_signs.h5"));
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int refused = 0;
    for (int at = 0; at + 8 <= 10_000; at++) {
      if (numbers.getLong(at) == 120) {
        byte[] copy = bytes.clone();
        copy[at + 3] = 1;
        Path file = Files.write(folder.resolve("large.h5"), copy);
        try {
          Datasets.openForEvaluation(file, ImageShape.rgb(2, 2));
        } catch (DataException e) {
          assertThat(e).hasMessageContaining("more than the file of 1477712 bytes can hold");
          refused++;
        }
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void imagesAreReadInSlicesOfAnySize() {
    Path path = write("a.h5", content("train"));
    byte[] image = new byte[12];
    for (int slice : new int[] {1, 12, 13, 24, 35, 1000}) {
      try (SignsFile file = new SignsFile(path, slice)) {
        StoredImages images = file.read("train", ImageShape.rgb(2, 2), LoadListener.NONE);
        for (int i = 0; i < 3; i++) {
          images.read(i, image, 0);
          for (int k = 0; k < 12; k++) {
            assertThat(image[k]).as("slices of %d", slice).isEqualTo((byte) (12 * i + k));
          }
        }
      }
    }
  }

  @Test
  void imagesAreConvertedToTheChannelsWanted() {
    Map<String, Object> content = content("train");
    content.put("train_set_x", new int[][][][] {{{{255, 0, 0}}}, {{{0, 255, 0}}}, {{{1, 2, 3}}}});
    Path colours = write("colours.h5", content);
    assertThat(images(colours, 1)).containsExactly(76, 150, 2);
    assertThat(images(colours, 4)).containsExactly(255, 0, 0, 255, 0, 255, 0, 255, 1, 2, 3, 255);
    content.put("train_set_x", new int[][][][] {{{{0}}}, {{{128}}}, {{{255}}}});
    Path grey = write("grey.h5", content);
    assertThat(images(grey, 1)).containsExactly(0, 128, 255);
    assertThat(images(grey, 3)).containsExactly(0, 0, 0, 128, 128, 128, 255, 255, 255);
    content.put(
        "train_set_x",
        new int[][][][] {{{{255, 0, 0, 0}}}, {{{0, 255, 0, 255}}}, {{{0, 0, 255, 51}}}});
    Path alpha = write("alpha.h5", content);
    assertThat(images(alpha, 3)).containsExactly(255, 255, 255, 0, 255, 0, 204, 204, 255);
    assertThat(images(alpha, 1)).containsExactly(255, 150, 210);
    assertThat(Datasets.open(alpha, new ImageShape(1, 1, 1), 0, 1).train().description())
        .startsWith("SIGNS file alpha.h5 (converted from 1x1x4): 3 images 1x1x1");
    assertThatThrownBy(() -> Datasets.open(grey, new ImageShape(1, 1, 2), 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessage("reading images requires 1 channel (grey), 3 (RGB) or 4 (RGBA), got 2");
  }

  /** Returns the bytes, as numbers, of the three images of 1x1 in a file. */
  private static int[] images(Path file, int channels) {
    ImageDataset data = Datasets.open(file, new ImageShape(1, 1, channels), 0, 1).train();
    byte[] bytes = new byte[3 * channels];
    for (int i = 0; i < 3; i++) {
      data.read(i, bytes, i * channels);
    }
    return ChannelsTest.numbers(bytes);
  }

  @Test
  void missingKeysAreNamedWithThoseThatAreThere() {
    for (String key : new String[] {"train_set_x", "train_set_y", "list_classes"}) {
      Map<String, Object> content = content("train");
      content.remove(key);
      Path file = write(key + ".h5", content);
      assertRefused(
          file,
          "in HDF5 file %s, there is no %s; it has %s"
              .formatted(file, key, String.join(", ", new TreeSet<>(content.keySet()))));
    }
  }

  @Test
  void groupInPlaceOfADataSetIsRefused() {
    Path file = folder.resolve("group.h5");
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      hdf5.putGroup("train_set_x");
    }
    assertRefused(file, "train_set_x must be a data set, got a group");
  }

  @Test
  void wrongShapesAreRefused() {
    String required = "requires the shape [N, H, W, C] with 1, 3 or 4 channels, got ";
    refused("train_set_x", new int[3][2][2], required + "[3, 2, 2]");
    refused("train_set_x", new int[3][2][2][2], required + "[3, 2, 2, 2]");
    refused(
        "train_set_y",
        new int[3][1][1],
        "must have the shape [N] or [1, N], or [N, labels], got [3, 1, 1]");
    refused("train_set_y", new int[4], "train_set_x has 3 images but train_set_y has 4 labels");
    refused(
        "list_classes", new int[2][2], "must have the shape [classes], at least [2], got [2, 2]");
    refused("list_classes", new int[] {0}, "must have the shape [classes], at least [2], got [1]");
  }

  @Test
  void wrongTypesAreRefused() {
    refused("train_set_x", new float[3][2][2][3], "train_set_x must hold integers, got float");
    refused(
        "train_set_y", new String[] {"a", "b", "c"}, "train_set_y must hold integers, got String");
    refused("list_classes", new double[] {0, 1}, "list_classes must hold integers, got double");
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    int[][][][] pixels = pixels();
    pixels[1][1][1][1] = 256;
    refused("train_set_x", pixels, "must hold values from 0 to 255, got 256 in image 1");
    refused(
        "train_set_y",
        new int[] {0, 1, 2},
        "train_set_y must hold labels from 0 to 1 (list_classes has 2 classes), got 2 at index 2");
    refused("train_set_y", new long[] {0, -1, 1}, "got -1 at index 1");
    refused("list_classes", new String[] {"cat", ""}, "got an empty name in [cat, ]");
    refused("list_classes", new int[] {4, 4}, "list_classes must name each class once, got [4, 4]");
  }

  @Test
  void foreignAndEmptyFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "hello ".repeat(1000));
    assertRefused(text, "file " + text + " is not an HDF5 file");
    Path empty = Files.createFile(folder.resolve("empty.h5"));
    assertRefused(empty, "file " + empty + " is empty, requires HDF5");
  }

  @Test
  void truncatedKerasFileIsRefused() {
    Path file = Shared.file("data", "keras", "truncated_resnet50_notop.h5");
    assertThatThrownBy(() -> Datasets.open(file, ImageShape.rgb(8, 8), 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessageMatching("HDF5 file .* is truncated: requires \\d+ bytes, got 1048576");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 20, 100, 900, 2000, 100_000, 1_400_000})
  void filesCutAnywhereAreRefused(int length) throws IOException {
    byte[] whole = Files.readAllBytes(Shared.file("data", "signs", "test_signs.h5"));
    Path file = Files.write(folder.resolve("cut.h5"), Arrays.copyOf(whole, length));
    assertRefused(file, "HDF5 file " + file + " is truncated: ");
  }

  @Test
  void messagesDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      refused("train_set_y", new int[4], "train_set_x has 3 images but train_set_y has 4 labels");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void damagedFileIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write("whole.h5", content("train")));
    for (int at = 48; at < bytes.length; at += 7) {
      byte[] copy = bytes.clone();
      Arrays.fill(copy, at, Math.min(copy.length, at + 24), (byte) 0xEE);
      Path file = Files.write(folder.resolve("damaged.h5"), copy);
      try {
        Datasets.open(file, ImageShape.rgb(2, 2), 0, 1);
      } catch (DataException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  @Test
  void folderMustHoldOneFileOfEachPart() {
    write("train_a.h5", content("train"));
    assertRefused(
        folder, "folder " + folder + " must have exactly one test_*.h5, got none among train_a.h5");
    write("test_a.h5", content("test"));
    assertThat(Datasets.open(folder, ImageShape.rgb(2, 2), 0, 1).test().size()).isEqualTo(3);
    write("train_b.h5", content("train"));
    assertRefused(folder, "must have exactly one train_*.h5, got train_a.h5, train_b.h5");
  }

  @Test
  void differentClassesInTrainAndTestAreRefused() {
    write("train_a.h5", content("train"));
    Map<String, Object> other = content("test");
    other.put("list_classes", new int[] {0, 1, 2});
    write("test_a.h5", other);
    assertRefused(folder, "must have the same classes, got [0, 1] in");
  }

  private void refused(String key, Object value, String message) {
    Map<String, Object> content = content("train");
    content.put(key, value);
    assertRefused(write("bad.h5", content), message);
  }

  private static void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> Datasets.open(path, ImageShape.rgb(2, 2), 0, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /** Returns a valid file's content: three images of 2x2 and two classes. */
  private static Map<String, Object> content(String part) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put(part + "_set_x", pixels());
    content.put(part + "_set_y", new long[] {0, 1, 1});
    content.put("list_classes", new int[] {0, 1});
    return content;
  }

  private static int[][][][] pixels() {
    int[][][][] pixels = new int[3][2][2][3];
    for (int i = 0; i < 36; i++) {
      pixels[i / 12][i / 6 % 2][i / 3 % 2][i % 3] = i;
    }
    return pixels;
  }

  private Path write(String name, Map<String, Object> content) {
    Path file = folder.resolve(name);
    try (WritableHdfFile hdf5 = HdfFile.write(file)) {
      content.forEach(hdf5::putDataset);
    }
    return file;
  }
}
