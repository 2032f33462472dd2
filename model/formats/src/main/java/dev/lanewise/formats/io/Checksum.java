package dev.lanewise.formats.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * The checksum that a file holds of each of its arrays: CRC-32C of the bytes of its values as
 * little-endian float32, row-major as they stand in the file. A file without them is read as well.
 */
public final class Checksum {
  private static final int CHUNK = 1 << 14;
  private static final HexFormat HEX = HexFormat.of();

  private Checksum() {}

  /** Returns the checksum of values. */
  public static long of(float[] values) {
    CRC32C sum = new CRC32C();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += CHUNK) {
      int count = Math.min(CHUNK, values.length - at);
      chunk.clear().limit(count * Float.BYTES);
      chunk.asFloatBuffer().put(values, at, count);
      sum.update(chunk);
    }
    return sum.getValue();
  }

  /** Returns the checksum of bytes. */
  public static long of(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes);
    return sum.getValue();
  }

  /** Returns a checksum as text: always 8 digits. */
  public static String text(long sum) {
    return HEX.toHexDigits(sum, 8);
  }

  /**
   * Compares the checksum of what was read with the one in the file.
   *
   * @param what what was read, for the message: {@code "the array '/conv1/kernel:0'"}
   * @throws FormatException where they differ
   */
  public static void check(String what, long found, String wanted) {
    if (!text(found).equals(wanted)) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "%s is damaged: its checksum is %s, and the file says %s",
              what,
              text(found),
              wanted));
    }
  }
}
