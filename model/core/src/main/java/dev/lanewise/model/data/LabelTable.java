package dev.lanewise.model.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table of image files and what each is compared with. Its first column, {@code file}, names an
 * image file beside the table or below its folder. One further column of words is the class;
 * columns of 0 and 1 are labels; columns of other numbers are numbers.
 */
final class LabelTable {
  private static final String FILE = "file";

  private final Path path;
  private final List<String> names;
  private final List<CsvLine> rows;

  /**
   * What the columns of all parts hold.
   *
   * @param kind what images are compared with
   * @param names of classes, labels or numbers
   */
  record Columns(TargetKind kind, List<String> names) {}

  private LabelTable(Path path, List<String> names, List<CsvLine> rows) {
    this.path = path;
    this.names = names;
    this.rows = rows;
  }

  /**
   * Reads a table.
   *
   * @throws DataException where it cannot be read, or a line has not a cell for each column
   */
  static LabelTable read(Path path) {
    List<CsvLine> lines = CsvLine.read(path);
    List<String> header = lines.isEmpty() ? List.of() : lines.getFirst().cells();
    if (header.size() < 2 || !header.getFirst().equals(FILE)) {
      throw DataException.of(
          "%s requires a first line of '%s' and names of what follows, got '%s'",
          path, FILE, String.join(",", header));
    }
    List<String> names = header.subList(1, header.size());
    if (names.contains("") || new HashSet<>(names).size() < names.size()) {
      throw DataException.of(
          "line 1 of %s requires a name of its own for each column, got %s", path, names);
    }
    List<CsvLine> rows = lines.subList(1, lines.size());
    if (rows.isEmpty()) {
      throw DataException.of("%s requires at least 1 image, got none", path);
    }
    for (CsvLine row : rows) {
      if (row.cells().size() != header.size()) {
        throw DataException.of(
            "line %d of %s requires %d values as the first one, got %d",
            row.number(), path, header.size(), row.cells().size());
      }
    }
    return new LabelTable(path, names, rows);
  }

  /**
   * Returns what the columns of a data set's parts hold: a single column is one of classes where
   * its first value is no number.
   *
   * @throws DataException where a number is missing, or there are too few classes
   */
  static Columns columns(List<LabelTable> tables) {
    LabelTable first = tables.getFirst();
    if (first.names.size() == 1 && !isNumber(first.rows.getFirst().cells().get(1))) {
      TreeSet<String> classes = new TreeSet<>();
      tables.forEach(table -> table.rows.forEach(row -> classes.add(table.name(row))));
      if (classes.size() < 2) {
        throw DataException.of(
            "%s requires at least 2 classes, got 1 (%s)", first.path, classes.first());
      }
      return new Columns(TargetKind.CLASS, List.copyOf(classes));
    }
    boolean labels = true;
    for (LabelTable table : tables) {
      for (CsvLine row : table.rows) {
        for (int c = 0; c < table.names.size(); c++) {
          float value = table.number(row, c);
          labels &= value == 0 || value == 1;
        }
      }
    }
    return new Columns(labels ? TargetKind.LABELS : TargetKind.VALUES, first.names);
  }

  private static boolean isNumber(String text) {
    try {
      Float.parseFloat(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String name(CsvLine row) {
    String name = row.cells().get(1);
    if (name.isEmpty()) {
      throw DataException.of(
          "line %d of %s requires a class in the column '%s', got nothing",
          row.number(), path, names.getFirst());
    }
    return name;
  }

  private float number(CsvLine row, int column) {
    String text = row.cells().get(column + 1);
    float value = isNumber(text) ? Float.parseFloat(text) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw DataException.of(
          "line %d of %s requires a number in the column '%s', got '%s'",
          row.number(), path, names.get(column), text);
    }
    return value;
  }

  /**
   * Returns the images, in the order of the lines.
   *
   * @throws DataException where one is not there, or stands there twice
   */
  ImageFiles images(Columns columns) {
    boolean classes = columns.kind() == TargetKind.CLASS;
    List<Path> files = new ArrayList<>();
    Set<Path> distinct = new HashSet<>();
    int[] labels = new int[classes ? rows.size() : 0];
    float[] values = new float[classes ? 0 : rows.size() * names.size()];
    for (int i = 0; i < rows.size(); i++) {
      CsvLine row = rows.get(i);
      Path file = file(row);
      if (!distinct.add(file.normalize())) {
        throw DataException.of(
            "line %d of %s requires a file that no line before has, got '%s'",
            row.number(), path, row.cells().getFirst());
      }
      files.add(file);
      if (classes) {
        labels[i] = columns.names().indexOf(name(row));
      } else {
        for (int c = 0; c < names.size(); c++) {
          values[i * names.size() + c] = number(row, c);
        }
      }
    }
    ImageTargets targets =
        classes
            ? ImageTargets.classes(labels, columns.names())
            : ImageTargets.of(columns.kind(), values, names);
    return new ImageFiles(files, targets, 0);
  }

  private Path file(CsvLine row) {
    String name = row.cells().getFirst();
    Path file = name.isEmpty() ? null : path.resolveSibling(name);
    if (file == null || !Files.isRegularFile(file) || !ImageFiles.isImage(file)) {
      throw DataException.of(
          "line %d of %s requires a JPEG or PNG file that is there, got '%s'",
          row.number(), path, name);
    }
    return file;
  }
}
