package dev.lanewise.model.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a file of comma-separated values (RFC 4180), in UTF-8.
 *
 * @param number of the line, from 1
 * @param cells its values, without space around them
 */
record CsvLine(int number, List<String> cells) {
  /**
   * Reads a file; empty lines are left out.
   *
   * @throws DataException where it cannot be read, or a quote is not closed in its line
   */
  static List<CsvLine> read(Path path) {
    List<CsvLine> lines = new ArrayList<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(path)) {
        number++;
        // Spreadsheets put a mark before UTF-8.
        String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        if (!text.isBlank()) {
          lines.add(new CsvLine(number, cells(text, number, path)));
        }
      }
    } catch (CharacterCodingException e) {
      throw new DataException(path + " requires text in UTF-8, got other bytes", e);
    } catch (NoSuchFileException e) {
      throw new DataException("there is no file " + path, e);
    } catch (IOException e) {
      throw new DataException("file " + path + " cannot be read: " + e.getMessage(), e);
    }
    return lines;
  }

  private static List<String> cells(String line, int number, Path path) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw DataException.of("line %d of %s requires a second quote, got one", number, path);
    }
    cells.add(cell.toString().strip());
    return List.copyOf(cells);
  }
}
