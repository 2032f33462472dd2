package dev.lanewise.model.data;

import dev.lanewise.formats.hdf5.Hdf5Superblock;
import io.jhdf.HdfFile;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens HDF5 files of data, after a look at the superblock, which tells a foreign or cut file from
 * a damaged one.
 */
final class Hdf5 {
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
    long end =
        Hdf5Superblock.of(channel)
            .orElseThrow(
                () ->
                    new DataException(
                        "file "
                            + file
                            + (size == 0 ? " is empty, requires HDF5" : " is not an HDF5 file")))
            .end();
    if (size < end) {
      throw DataException.of(
          "HDF5 file %s is truncated: requires %d bytes, got %d", file, end, size);
    }
  }
}
