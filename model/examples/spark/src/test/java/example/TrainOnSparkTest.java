package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainOnSparkTest {
  @TempDir private Path folder;

  @Test
  void trainsAndClassifies() throws Exception {
    for (String name : List.of("dark", "light")) {
      File files = Files.createDirectories(folder.resolve("images").resolve(name)).toFile();
      for (int i = 0; i < 4; i++) {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        image.setRGB(i, i, name.equals("light") ? 0xffffff : 0x202020);
        ImageIO.write(image, "png", new File(files, i + ".png"));
      }
    }
    SparkSession session =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate();
    Dataset<Row> images = TrainOnSpark.images(session, folder.resolve("images").toString());
    String save = folder.resolve("model").toString();
    TrainOnSpark.train(
        images,
        TrainOnSpark.classifier(2, folder.resolve("work").toString())
            .setBatchSize(4)
            .setEpochs(1)
            .setValidationSplit(0),
        save);
    Dataset<Row> results = PipelineModel.load(save).transform(images);
    assertEquals(8, results.where("predictedLabel is not null").count());
    session.stop();
  }
}
