package dev.lanewise.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;

import dev.lanewise.model.data.DataException;
import dev.lanewise.spark.data.PartWriter.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Writes the images of a DataFrame to a folder that all workers see, a snapshot: parts of data,
 * each with an index, and a manifest that is written last. The same rows give the same snapshot,
 * and so the same training, however they are spread over partitions.
 */
public final class Snapshots {
  private static final int LEAST_CLASSES = 2;

  private Snapshots() {}

  /**
   * {@return a digest of a DataFrame's images and labels, as the snapshot of them has it: 64
   * hexadecimal digits}
   *
   * @param frame the images
   * @param columns where it has them
   * @throws DataException where a column is missing or of a wrong type, or something is null
   */
  public static String fingerprint(Dataset<?> frame, ImageColumns columns) {
    ImageRows rows = ImageRows.of(frame, columns);
    requireFilled(rows);
    RowDigest all = new RowDigest();
    ImageRows.perPartition(
            rows.any(),
            part -> {
              RowDigest digest = new RowDigest();
              part.forEachRemaining(
                  row ->
                      digest.add(
                          row.getString(0), row.getAs(1), row.getString(2), row.getBoolean(3)));
              return List.of(digest.part()).iterator();
            })
        .forEach(all::add);
    return all.text();
  }

  /**
   * {@return whether there is a whole snapshot at a path}
   *
   * @param hadoop the settings of its file system
   * @param folder where it may be
   */
  public static boolean exist(Configuration hadoop, String folder) {
    Path path = new Path(folder, Manifest.NAME);
    try {
      return path.getFileSystem(hadoop).exists(path);
    } catch (IOException e) {
      throw new DataException("folder " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the images of a DataFrame.
   *
   * @param frame the images
   * @param columns where it has them
   * @param folder where the snapshot goes, on a file system that the executors and the driver see;
   *     it is made where it is not there
   * @return the fingerprint of what was written
   * @throws DataException where a snapshot is there already, a column is missing or of a wrong
   *     type, an image or a label is null, an image cannot be decoded, there are fewer than two
   *     classes, or the folder cannot be written; there is no snapshot then
   */
  public static String write(Dataset<?> frame, ImageColumns columns, String folder) {
    Configuration hadoop = frame.sparkSession().sessionState().newHadoopConf();
    if (exist(hadoop, folder)) {
      throw new DataException(
          "folder " + folder + " holds a snapshot already; remove it, or name another folder");
    }
    ImageRows rows = ImageRows.of(frame, columns);
    Map<String, Integer> labels = labels(rows);
    Path path = new Path(folder);
    try {
      FileSystem system = path.getFileSystem(hadoop);
      system.mkdirs(path);
      removeLeftovers(system, path);
      PartWriter writer =
          new PartWriter(
              new SerializableConfiguration(hadoop), system.makeQualified(path).toString(), labels);
      List<Written> written =
          ImageRows.perPartition(rows.ordered(), writer).stream().map(Written::parse).toList();
      String mistake =
          written.stream()
              .map(Written::mistake)
              .filter(text -> text != null)
              .findFirst()
              .orElse(null);
      if (mistake != null) {
        remove(system, path, written);
        throw new DataException(mistake);
      }
      Manifest manifest = manifest(written, List.copyOf(labels.keySet()), folder);
      manifest.write(system, path);
      return manifest.fingerprint();
    } catch (IOException e) {
      throw new DataException("snapshot " + folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Removes the parts of a snapshot that was not written to its end. */
  private static void removeLeftovers(FileSystem system, Path folder) throws IOException {
    for (FileStatus file : system.listStatus(folder)) {
      if (PartWriter.isPart(file.getPath().getName())) {
        system.delete(file.getPath(), false);
      }
    }
  }

  private static void remove(FileSystem system, Path folder, List<Written> written)
      throws IOException {
    for (Written part : written) {
      if (part.part() != null) {
        Path file = new Path(folder, part.part().name());
        system.delete(file, false);
        system.delete(PartWriter.index(file), false);
      }
    }
  }

  private static Manifest manifest(List<Written> written, List<String> classes, String folder) {
    RowDigest digest = new RowDigest();
    List<Manifest.Part> parts = new ArrayList<>();
    long images = 0;
    int validation = 0;
    for (Written part : written) {
      digest.add(part.digest());
      validation += part.validation();
      if (part.part() != null) {
        parts.add(part.part());
        images += part.part().images();
      }
    }
    if (images > Integer.MAX_VALUE) {
      throw new DataException(
          "a snapshot holds at most " + Integer.MAX_VALUE + " images, got " + images);
    }
    if (validation == images) {
      throw new DataException(
          "snapshot " + folder + " requires images to train on, got only such that are held out");
    }
    return new Manifest(Manifest.FORMAT, digest.text(), (int) images, validation, classes, parts);
  }

  /** Returns the indices of the classes, in their order. */
  private static Map<String, Integer> labels(ImageRows rows) {
    List<String> names = new ArrayList<>(requireFilled(rows));
    names.sort(
        rows.hasNumbers() ? Comparator.comparingLong(Long::parseLong) : Comparator.naturalOrder());
    if (names.size() < LEAST_CLASSES) {
      throw new DataException(
          names.isEmpty()
              ? "the DataFrame has no rows"
              : "the label column '"
                  + rows.columns().label()
                  + "' requires at least 2 classes, got 1 ("
                  + names.getFirst()
                  + ")");
    }
    Map<String, Integer> indices = new LinkedHashMap<>();
    names.forEach(name -> indices.put(name, indices.size()));
    return indices;
  }

  /** Refuses rows without a value; returns the labels that there are. */
  private static List<String> requireFilled(ImageRows rows) {
    List<Row> groups =
        rows.any()
            .groupBy(ImageRows.LABEL)
            .agg(
                count_if(col(ImageRows.ID).isNull()),
                count_if(col(ImageRows.LABEL).isNull()),
                count_if(col(ImageRows.IMAGE).isNull()))
            .collectAsList();
    List<String> columns = List.of(ImageRows.ID, ImageRows.LABEL, ImageRows.IMAGE);
    for (int c = 0; c < columns.size(); c++) {
      int count = c + 1;
      long missing = groups.stream().mapToLong(group -> group.getLong(count)).sum();
      if (missing > 0) {
        throw missing(rows, columns.get(c), missing);
      }
    }
    return groups.stream().map(group -> group.getString(0)).toList();
  }

  private static DataException missing(ImageRows rows, String column, long count) {
    ImageColumns names = rows.columns();
    String name =
        switch (column) {
          case ImageRows.LABEL -> names.label();
          case ImageRows.IMAGE -> names.image();
          // Without names of its own a row is called by its image.
          default -> names.id() == null ? names.image() : names.id();
        };
    String first =
        rows.any()
            .where(col(column).isNull())
            .select(ImageRows.ID)
            .orderBy(ImageRows.ID)
            .first()
            .getString(0);
    return new DataException(
        "the column '"
            + name
            + "' requires a value in every row, got null in "
            + count
            + " of them"
            + (first == null ? "" : ", the first being " + first));
  }
}
