package dev.lanewise.spark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Small pictures of classes that can be told apart: each has a colour. */
public final class TestImages {
  /** What {@link #frame} has. */
  public static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("content", DataTypes.BinaryType)
          .add("label", DataTypes.StringType);

  private static final String[] NAMES = {"green", "red"};

  private TestImages() {}

  /** Returns a PNG of noise in a class's colour. */
  public static byte[] png(int label, int seed, int extent) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(extent, extent, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < extent * extent; i++) {
      int strong = 128 + random.nextInt(128);
      int weak = random.nextInt(64);
      int rgb = label == 0 ? weak << 16 | strong << 8 : strong << 16 | weak << 8;
      image.setRGB(i % extent, i / extent, rgb | random.nextInt(256));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns rows with a path, bytes and the class's name. */
  public static List<Row> rows(int images, int extent) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      String path = String.format("images/%03d.png", (i * 7) % images);
      rows.add(RowFactory.create(path, png(i % 2, i, extent), NAMES[i % 2]));
    }
    return rows;
  }

  /** Returns a DataFrame of such rows. */
  public static Dataset<Row> frame(SparkSession session, int images, int extent) {
    return session.createDataFrame(rows(images, extent), SCHEMA);
  }

  /** Writes such pictures into a folder for each class. */
  public static void folder(Path folder, int images, int extent) throws IOException {
    for (int i = 0; i < images; i++) {
      Path place = Files.createDirectories(folder.resolve(NAMES[i % 2]));
      Files.write(place.resolve(String.format("%03d.png", i)), png(i % 2, i, extent));
    }
  }
}
