package dev.lanewise.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rows of numbers as files that other programs read. */
final class Rows {
  /** NumPy wants the header's end at a multiple of this. */
  private static final int ALIGNED = 64;

  private Rows() {}

  /** Returns a NumPy file, version 1.0: float32, [rows, columns], little-endian. */
  static byte[] npy(List<float[]> rows, int columns) {
    String shape = "(" + rows.size() + ", " + columns + ")";
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int begin = 10; // Magic, version and the header's length.
    int end = (begin + header.length() + ALIGNED) / ALIGNED * ALIGNED;
    int size = Math.addExact(end, Math.multiplyExact(rows.size(), columns * Float.BYTES));
    ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    file.put((byte) 0).putShort((short) (end - begin));
    String padding = " ".repeat(end - begin - header.length() - 1);
    file.put((header + padding + "\n").getBytes(StandardCharsets.US_ASCII));
    rows.forEach(
        row -> {
          for (float value : row) {
            file.putFloat(value);
          }
        });
    return file.array();
  }

  /** Returns a line of a CSV file (RFC 4180) without its end: a name and numbers in full. */
  static String csv(String name, float[] values) {
    StringBuilder line = new StringBuilder(quoted(name));
    for (float value : values) {
      line.append(',').append(value);
    }
    return line.toString();
  }

  /** Returns a line of names. */
  static String csv(List<String> names) {
    return String.join(",", names.stream().map(Rows::quoted).toList());
  }

  /** Returns a whole CSV file. */
  static byte[] csv(List<String> head, List<String> names, List<float[]> rows) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes((csv(head) + "\n").getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < names.size(); i++) {
      file.writeBytes((csv(names.get(i), rows.get(i)) + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file.toByteArray();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
