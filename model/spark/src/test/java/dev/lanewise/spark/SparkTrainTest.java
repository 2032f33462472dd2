package dev.lanewise.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.model.Model;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkTrainTest {
  private static final List<String> SMALL =
      List.of("--network", "cifarresnet20", "--input", "32x32", "--epochs", "1", "--batch", "8");

  @TempDir private Path folder;

  private String errors;

  private int runSmall(String... more) {
    List<String> args = new ArrayList<>(SMALL);
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private int run(String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--checkpoints", folder.resolve("training").toString()));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream usual = System.err;
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      return SparkTrain.run(args.toArray(String[]::new));
    } finally {
      System.setErr(usual);
      errors = told.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void trainsOnParquetAndOnFilesOfImages() throws IOException {
    Path parquet = folder.resolve("images.parquet");
    Path files = folder.resolve("images");
    Path snapshot = folder.resolve("snapshot");
    TestImages.folder(files, 16, 32);
    try (SparkSession session = LocalSpark.session("local[2]")) {
      TestImages.frame(session, 16, 32).write().parquet(parquet.toString());
      // The program takes the session that there is.
      Path saved = folder.resolve("model.h5");
      String[] command = {
        "--data",
        parquet.toString(),
        "--snapshot",
        snapshot.toString(),
        "--id-col",
        "path",
        "--workers",
        "2",
        "--validation-split",
        "0.25",
        "--save",
        saved.toString()
      };
      assertThat(runSmall(command)).as(errors).isZero();
      try (Model model = Model.load(saved, 1)) {
        assertThat(model.classNames()).containsExactly("green", "red");
        assertThat(model.epochsDone()).isEqualTo(1);
        assertThat(model.history().epochs().getFirst().valLoss()).isNotNaN();
      }
    }
    try (SparkSession session = LocalSpark.session("local[2]")) {
      assertThat(session.version()).startsWith("4.");
      assertThat(
              runSmall(
                  "--data", files.toString(), "--snapshot", snapshot.toString(), "--shards", "2"))
          .isEqualTo(2);
      assertThat(errors).contains("holds other images than " + files);
    }
  }

  @Test
  void tellsMistakesInOneLine() {
    assertThat(run()).isEqualTo(2);
    assertThat(errors)
        .isEqualToIgnoringNewLines(
            "SparkTrain: images are required: give --data, --snapshot, or both");
    assertThat(run("--data", "x")).isEqualTo(2);
    assertThat(errors).startsWith("SparkTrain: --shards is required where --workers is not given");
    assertThat(run("--data", "x", "--shards", "2", "--input", "64")).isEqualTo(2);
    assertThat(errors).startsWith("SparkTrain: --input requires a height and a width");
    assertThat(run("--data", "x", "--shards", "2", "--network", "nosuch")).isEqualTo(2);
    assertThat(run("--data", "x", "--shards", "2", "--wire", "int8")).isEqualTo(2);
    assertThat(errors).contains("FLOAT32, BF16", "was 'int8'");
  }
}
