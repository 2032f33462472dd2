package dev.lanewise.spark.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.lanewise.model.data.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a snapshot consists of. It is written last, so a snapshot without it is none.
 *
 * @param format {@link #FORMAT}
 * @param fingerprint of all rows
 * @param images how many there are
 * @param validation how many of them are held out of training
 * @param classNames by class index
 * @param parts in order
 */
record Manifest(
    String format,
    String fingerprint,
    int images,
    int validation,
    List<String> classNames,
    List<Part> parts) {
  static final String FORMAT = "lanewise snapshot 1";
  static final String NAME = "manifest.json";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /**
   * A part: a file of data and its index.
   *
   * @param name of the data; that of the index ends in {@code .idx}
   * @param images how many it has
   * @param bytes of the data
   */
  record Part(String name, int images, long bytes) {}

  /**
   * Reads that of a snapshot.
   *
   * @throws DataException where there is none, or it is of another kind
   */
  static Manifest read(Configuration hadoop, Path folder) {
    Path file = new Path(folder, NAME);
    try {
      FileSystem system = file.getFileSystem(hadoop);
      String text;
      try (FSDataInputStream in = system.open(file)) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (FileNotFoundException e) {
        throw new DataException(
            system.exists(folder)
                ? "snapshot "
                    + folder
                    + " is incomplete: it has no "
                    + NAME
                    + ", which is written last; remove the folder and write it again"
                : "there is no snapshot " + folder,
            e);
      }
      Manifest manifest = GSON.fromJson(text, Manifest.class);
      if (manifest == null || !FORMAT.equals(manifest.format)) {
        throw new DataException(
            file
                + " requires the format '"
                + FORMAT
                + "', got '"
                + (manifest == null ? "" : manifest.format)
                + "'");
      }
      return manifest;
    } catch (JsonParseException e) {
      throw new DataException(file + " is no manifest of a snapshot: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new DataException("snapshot " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes it under another name first, so that it is there whole or not at all. */
  void write(FileSystem system, Path folder) throws IOException {
    Path temporary = new Path(folder, "_" + NAME + ".tmp");
    try (FSDataOutputStream out = system.create(temporary, true)) {
      out.write(GSON.toJson(this).getBytes(StandardCharsets.UTF_8));
    }
    if (!system.rename(temporary, new Path(folder, NAME))) {
      throw new IOException("cannot rename " + temporary + " to " + NAME);
    }
  }
}
