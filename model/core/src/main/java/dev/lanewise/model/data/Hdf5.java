package dev.lanewise.model.data;

import dev.lanewise.formats.JhdfLog;
import io.jhdf.HdfFile;
import io.jhdf.Superblock;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens HDF5 files, after a look at the superblock (HDF5 File Format Specification 3.0, section II)
 * which tells a foreign or cut file from a damaged one.
 */
final class Hdf5 {
  /** "\211HDF\r\n\032\n" */
  private static final long SIGNATURE = 0x894844460D0A1A0AL;

  /** The least that a superblock and an object behind it take. */
  private static final int SUPERBLOCK_BYTES = 64;

  static {
    JhdfLog.quiet();
  }

  private Hdf5() {}

  /**
   * Opens a file, which the caller closes.
   *
   * @throws DataException where the file is missing, no HDF5 or cut off
   */
  static HdfFile open(Path file) {
    if (!Files.exists(file)) {
      throw new DataException("there is no file " + file);
    }
    try {
      FileChannel channel = FileChannel.open(file);
      try {
        requireWhole(file, channel);
        // Not mapped: Windows would not let go of the file before the garbage collector comes by.
        return new HdfFile(new FileChannelFromSeekableByteChannel(channel), file.toUri());
      } catch (DataException e) {
        channel.close();
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        channel.close();
        throw damaged(file, e);
      }
    } catch (IOException e) {
      throw new DataException("file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns the exception for a file that jHDF fails at. */
  static DataException damaged(Path file, Throwable cause) {
    return new DataException(
        "HDF5 file "
            + file
            + " is damaged or of an unsupported kind: "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
        cause);
  }

  private static void requireWhole(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    // A user block may stand in front, of 512 bytes or a power of two times as many.
    long start = 0;
    while (start < size && !hasSignature(channel, start)) {
      start = start == 0 ? 512 : start * 2;
    }
    if (start >= size) {
      throw new DataException(
          "file " + file + (size == 0 ? " is empty, requires HDF5" : " is not an HDF5 file"));
    }
    if (size < start + SUPERBLOCK_BYTES) {
      throw new DataException("HDF5 file " + file + " is truncated: it ends in its first block");
    }
    long wanted = Superblock.readSuperblock(channel, start).getEndOfFileAddress();
    if (size < wanted) {
      throw DataException.of(
          "HDF5 file %s is truncated: requires %d bytes, got %d", file, wanted, size);
    }
  }

  private static boolean hasSignature(FileChannel channel, long at) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(Long.BYTES);
    return channel.read(block, at) == Long.BYTES && block.getLong(0) == SIGNATURE;
  }
}
