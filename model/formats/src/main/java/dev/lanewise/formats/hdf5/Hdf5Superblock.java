package dev.lanewise.formats.hdf5;

import io.jhdf.Superblock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the superblock of an HDF5 file says of the file as a whole (HDF5 File Format Specification
 * 3.0, section II), which tells a foreign or cut file from a damaged one.
 *
 * @param start the byte at which HDF5 begins: 0, or behind a user block 512, 1024, 2048 and so on
 * @param end the byte at which the file ends if it is whole
 */
public record Hdf5Superblock(long start, long end) {
  // Every reader of HDF5 looks here first.
  static {
    JhdfLog.quiet();
  }

  /** "\211HDF\r\n\032\n" */
  private static final long SIGNATURE = 0x894844460D0A1A0AL;

  /** The least that a superblock and an object behind it take. */
  private static final int LEAST_BYTES = 64;

  /**
   * Returns where HDF5 begins in a file.
   *
   * @param file an open file
   * @return the byte; empty where the file is another
   * @throws IOException where it cannot be read
   */
  public static OptionalLong startOf(FileChannel file) throws IOException {
    for (long at = 0; at < file.size(); at = at == 0 ? 512 : at * 2) {
      ByteBuffer signature = ByteBuffer.allocate(Long.BYTES);
      while (signature.hasRemaining() && file.read(signature, at + signature.position()) > 0) {}
      if (signature.getLong(0) == SIGNATURE) {
        return OptionalLong.of(at);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Reads a file's superblock.
   *
   * @param file an open file
   * @return what it says; empty where the file is no HDF5
   * @throws IOException where it cannot be read
   * @throws RuntimeException of jHDF, of many kinds, where it is damaged
   */
  public static Optional<Hdf5Superblock> of(FileChannel file) throws IOException {
    OptionalLong start = startOf(file);
    if (start.isEmpty()) {
      return Optional.empty();
    }
    long least = start.getAsLong() + LEAST_BYTES;
    long end =
        file.size() < least
            ? least
            : Superblock.readSuperblock(file, start.getAsLong()).getEndOfFileAddress();
    return Optional.of(new Hdf5Superblock(start.getAsLong(), end));
  }
}
