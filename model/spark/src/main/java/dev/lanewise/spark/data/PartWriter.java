package dev.lanewise.spark.data;

import com.google.gson.Gson;
import dev.lanewise.model.data.DataException;
import dev.lanewise.model.data.ImageShape;
import dev.lanewise.model.data.Images;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/** Writes a part of a snapshot, on an executor. */
final class PartWriter implements MapPartitionsFunction<Row, String> {
  private static final long serialVersionUID = 1;

  private static final Gson GSON = new Gson();

  /** Images are decoded to see that they can be; to what size does not matter. */
  private static final ImageShape SMALL = ImageShape.rgb(1, 1);

  private final SerializableConfiguration hadoop;
  private final String folder;
  private final HashMap<String, Integer> labels;

  /**
   * What became of a part.
   *
   * @param part what was written; null where the partition was empty or something is wrong
   * @param validation images that are held out
   * @param digest {@link RowDigest#part}
   * @param mistake what is wrong with an image, for the user; null where nothing is
   */
  record Written(Manifest.Part part, int validation, String digest, String mistake) {
    static Written parse(String text) {
      return GSON.fromJson(text, Written.class);
    }
  }

  /**
   * Prepares the writing.
   *
   * @param folder where the part goes
   * @param labels class indices by label
   */
  PartWriter(SerializableConfiguration hadoop, String folder, Map<String, Integer> labels) {
    this.hadoop = hadoop;
    this.folder = folder;
    this.labels = new HashMap<>(labels);
  }

  @Override
  public Iterator<String> call(Iterator<Row> rows) throws IOException {
    return List.of(GSON.toJson(write(rows))).iterator();
  }

  private Written write(Iterator<Row> rows) throws IOException {
    RowDigest digest = new RowDigest();
    if (!rows.hasNext()) {
      return new Written(null, 0, digest.part(), null);
    }
    // An attempt that is repeated, or runs beside another one, has files of its own.
    TaskContext task = TaskContext.get();
    String name =
        String.format(Locale.ROOT, "part-%05d-%d.bin", task.partitionId(), task.taskAttemptId());
    Path file = new Path(folder, name);
    FileSystem system = file.getFileSystem(hadoop.value());
    try (FSDataOutputStream data = system.create(file, true);
        FSDataOutputStream index = system.create(index(file), true)) {
      int images = 0;
      int validation = 0;
      while (rows.hasNext()) {
        IndexEntry entry = write(rows.next(), digest, data);
        entry.write(index);
        images++;
        validation += entry.validation() ? 1 : 0;
      }
      return new Written(
          new Manifest.Part(name, images, data.getPos()), validation, digest.part(), null);
    } catch (DataException e) {
      system.delete(file, false);
      system.delete(index(file), false);
      return new Written(null, 0, digest.part(), e.getMessage());
    }
  }

  private IndexEntry write(Row row, RowDigest digest, FSDataOutputStream data) throws IOException {
    String id = row.getString(0);
    byte[] image = row.getAs(1);
    String label = row.getString(2);
    boolean validation = row.getBoolean(3);
    Images.decode("of row " + id, image, SMALL);
    digest.add(id, image, label, validation);
    long offset = data.getPos();
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    data.write(name);
    data.write(image);
    return new IndexEntry(offset, name.length, image.length, labels.get(label), validation);
  }

  /** Returns whether a file's name is that of a part or its index. */
  static boolean isPart(String name) {
    return name.matches("part-\\d{5,}-\\d+\\.bin(\\.idx)?");
  }

  /** Returns the file of a part's index. */
  static Path index(Path data) {
    return data.suffix(".idx");
  }
}
