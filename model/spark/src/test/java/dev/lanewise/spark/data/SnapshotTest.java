package dev.lanewise.spark.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.DatasetPair;
import dev.lanewise.model.data.ImageDataset;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import dev.lanewise.spark.LocalSpark;
import dev.lanewise.spark.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final ImageColumns COLUMNS = ImageColumns.of("content", "label").withId("path");
  private static final ImageShape SHAPE = ImageShape.rgb(5, 6);
  private static final int IMAGES = 12;

  private static SparkSession session;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    session = LocalSpark.session("local[2]");
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private static Dataset<Row> images() {
    return TestImages.frame(session, IMAGES, 8);
  }

  private String write(String name, Dataset<Row> frame, ImageColumns columns) {
    return Snapshots.write(frame, columns, folder.resolve(name).toString());
  }

  private Snapshot open(String name) {
    return new Snapshot(new Configuration(), folder.resolve(name).toString());
  }

  private static List<String> content(ImageDataset images) {
    return IntStream.range(0, images.size())
        .mapToObj(
            i -> {
              byte[] pixels = new byte[images.shape().size()];
              images.read(i, pixels, 0);
              return images.label(i) + Arrays.toString(pixels);
            })
        .toList();
  }

  @Test
  void holdsTheRowsInTheOrderOfTheirIds() {
    write("a", images().repartition(3), COLUMNS);
    List<Row> rows = new ArrayList<>(TestImages.rows(IMAGES, 8));
    rows.sort((one, other) -> one.getString(0).compareTo(other.getString(0)));
    List<String> wanted =
        rows.stream()
            .map(
                row ->
                    List.of("green", "red").indexOf(row.getString(2))
                        + Arrays.toString(Images.decode("x", row.getAs(1), SHAPE)))
            .toList();
    try (Snapshot snapshot = open("a")) {
      DatasetPair pair = snapshot.images(SHAPE, 0, 0);
      assertThat(pair.test()).isNull();
      assertThat(pair.train().classNames()).containsExactly("green", "red");
      assertThat(content(pair.train())).isEqualTo(wanted);
    }
  }

  @Test
  void doesNotDependOnPartitions() {
    Dataset<Row> frame = images();
    for (ImageColumns columns : List.of(COLUMNS, COLUMNS.withId(null))) {
      String name = "by-" + columns.id();
      String one = write(name, frame.coalesce(1), columns);
      String many = write(name + "-many", frame.repartition(7), columns);
      assertThat(many).isEqualTo(one);
      assertThat(Snapshots.fingerprint(frame.repartition(5), columns)).isEqualTo(one);
      try (Snapshot first = open(name);
          Snapshot second = open(name + "-many")) {
        assertThat(second.fingerprint()).isEqualTo(one);
        assertThat(content(second.images(SHAPE, 0, 0).train()))
            .isEqualTo(content(first.images(SHAPE, 0, 0).train()));
      }
    }
  }

  @Test
  void fingerprintTellsLabelsApart() {
    Dataset<Row> other =
        images()
            .withColumn(
                "label",
                functions.when(functions.col("path").contains("003"), "red").otherwise("green"));
    assertThat(Snapshots.fingerprint(other, COLUMNS))
        .isNotEqualTo(Snapshots.fingerprint(images(), COLUMNS));
  }

  @Test
  void holdsImagesOut() {
    Dataset<Row> frame = images().withColumn("held", functions.col("path").contains("00"));
    write("column", frame, COLUMNS.withValidation("held"));
    write("plain", images(), COLUMNS);
    try (Snapshot column = open("column");
        Snapshot plain = open("plain")) {
      DatasetPair pair = column.images(SHAPE, 0, 0);
      assertThat(pair.test().size()).isEqualTo(10);
      assertThat(pair.train().size()).isEqualTo(2);
      DatasetPair share = plain.images(SHAPE, 0.25, 3);
      assertThat(share.heldOut()).isTrue();
      assertThat(share.test().size()).isEqualTo(4);
      assertThat(share.train().size()).isEqualTo(8);
      assertThatThrownBy(() -> column.images(SHAPE, 0.5, 3))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("holds images out as its validation column said");
    }
  }

  @Test
  void takesNumbersAsClassesInTheirOrder() {
    Dataset<Row> frame =
        images()
            .withColumn(
                "label",
                functions.when(functions.col("label").equalTo("red"), 2.0).otherwise(10.0));
    write("numbers", frame, COLUMNS);
    try (Snapshot snapshot = open("numbers")) {
      assertThat(snapshot.classNames()).containsExactly("2", "10");
    }
    refused(
        frame.withColumn("label", functions.lit(0.5)), COLUMNS, "requires whole numbers, got 0.5");
  }

  @Test
  void takesDecodedImages() throws IOException {
    Path pictures = folder.resolve("pictures");
    TestImages.folder(pictures, 6, 8);
    Dataset<Row> decoded =
        session
            .read()
            .format("image")
            .option("recursiveFileLookup", true)
            .load(pictures.toString())
            .withColumn("path", functions.col("image.origin"))
            .withColumn("label", functions.regexp_extract(functions.col("path"), "(\\w+)/\\d", 1));
    write("decoded", decoded, ImageColumns.of("image", "label").withId("path"));
    try (Snapshot snapshot = open("decoded")) {
      ImageDataset train = snapshot.images(ImageShape.rgb(8, 8), 0, 0).train();
      assertThat(train.classNames()).containsExactly("green", "red");
      List<String> wanted = new ArrayList<>();
      for (int label = 0; label < 2; label++) {
        for (int i = label; i < 6; i += 2) {
          byte[] png = TestImages.png(label, i, 8);
          wanted.add(label + Arrays.toString(Images.decode("x", png, train.shape())));
        }
      }
      assertThat(content(train)).isEqualTo(wanted);
    }
  }

  @Test
  void refusesWhatCannotBeTrainedOn() {
    refused(images().where("false"), COLUMNS, "the DataFrame has no rows");
    refused(
        images().withColumn("label", functions.lit("red")),
        COLUMNS,
        "requires at least 2 classes, got 1 (red)");
    refused(
        images()
            .withColumn(
                "label",
                functions
                    .when(functions.col("path").contains("003"), null)
                    .otherwise(functions.col("label"))),
        COLUMNS,
        "the column 'label' requires a value in every row, got null in 1 of them, the first being"
            + " images/003.png");
    refused(images(), ImageColumns.of("bytes", "label"), "no image column 'bytes'; it has path");
    refused(images(), ImageColumns.of("path", "label"), "requires bytes of JPEG or PNG files");
    refused(images(), ImageColumns.of("content", "content"), "requires texts or whole numbers");
    refused(images(), COLUMNS.withValidation("path"), "requires booleans, got string");
    List<Row> rows = new ArrayList<>(TestImages.rows(IMAGES, 8));
    rows.set(5, RowFactory.create("images/xxx.png", new byte[] {1, 2, 3}, "red"));
    refused(
        session.createDataFrame(rows, TestImages.SCHEMA).repartition(4),
        COLUMNS,
        "image of row images/xxx.png cannot be decoded: requires a JPEG or PNG");
  }

  private void refused(Dataset<Row> frame, ImageColumns columns, String message) {
    assertThatThrownBy(() -> write("refused", frame, columns))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> open("refused")).isInstanceOf(DataException.class);
  }

  @Test
  void refusesWhatIsNotWhole() throws IOException {
    write("whole", images(), COLUMNS);
    assertThatThrownBy(() -> write("whole", images(), COLUMNS))
        .hasMessageContaining("holds a snapshot already");
    assertThatThrownBy(() -> open("none")).hasMessageContaining("there is no snapshot");
    try (Stream<Path> files = Files.list(folder.resolve("whole"))) {
      Path part = files.filter(file -> file.toString().endsWith(".bin")).findFirst().orElseThrow();
      Files.write(part, Arrays.copyOf(Files.readAllBytes(part), 9));
    }
    assertThatThrownBy(() -> open("whole")).hasMessageContaining("is damaged: part-");
    Files.delete(folder.resolve("whole").resolve("manifest.json"));
    assertThatThrownBy(() -> open("whole")).hasMessageContaining("is incomplete");
  }
}
