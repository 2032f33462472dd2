package dev.lanewise.model.data;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  private static final int SUPERBLOCK_BYTES = 64;

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
    try (FileChannel channel = FileChannel.open(file)) {
      requireWhole(file, channel);
    } catch (IOException e) {
      throw new DataException("file " + file + " cannot be read: " + e.getMessage(), e);
    }
    try {
      return new HdfFile(file);
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  /** Returns the exception for a file that jHDF fails at. */
  static DataException damaged(Path file, RuntimeException cause) {
    return new DataException(
        "HDF5 file %s is damaged or of an unsupported kind: %s"
            .formatted(file, String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
        cause);
  }

  private static void requireWhole(Path file, FileChannel channel) throws IOException {
    long size = channel.size();
    ByteBuffer block = ByteBuffer.allocate(SUPERBLOCK_BYTES);
    // A user block may stand in front, of 512 bytes or a power of two times as many.
    for (long at = 0; at < size; at = at == 0 ? 512 : at * 2) {
      block.clear();
      channel.read(block, at);
      block.flip().order(ByteOrder.BIG_ENDIAN);
      if (block.remaining() >= 8 && block.getLong(0) == SIGNATURE) {
        long wanted = block.remaining() < SUPERBLOCK_BYTES ? size + 1 : end(block);
        if (size < wanted) {
          throw new DataException(
              "HDF5 file %s is truncated: wanted %d bytes, got %d".formatted(file, wanted, size));
        }
        return;
      }
    }
    throw new DataException(
        "file " + file + (size == 0 ? " is empty, wanted HDF5" : " is not an HDF5 file"));
  }

  /** Returns the superblock's end-of-file address, or 0 where its addresses are not of 8 bytes. */
  private static long end(ByteBuffer block) {
    block.order(ByteOrder.LITTLE_ENDIAN);
    int version = block.get(8);
    int addressBytes = block.get(version < 2 ? 13 : 9);
    int at = version == 0 ? 40 : version == 1 ? 44 : 28;
    return addressBytes == 8 ? block.getLong(at) : 0;
  }
}
