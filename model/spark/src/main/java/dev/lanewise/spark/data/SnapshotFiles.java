package dev.lanewise.spark.data;

import dev.lanewise.model.data.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files of a snapshot, read at any place by several threads. */
final class SnapshotFiles implements AutoCloseable {
  private final Path folder;
  private final Manifest manifest;
  private final FileSystem system;
  private final AtomicReferenceArray<FSDataInputStream> streams;

  /** By image: its part, and where it is there. */
  private final int[] parts;

  private final long[] offsets;
  private final int[] idLengths;
  private final int[] lengths;
  private final int[] labels;
  private final boolean[] validation;

  /**
   * An image as it was stored.
   *
   * @param id of its row
   * @param bytes those of a JPEG or PNG file
   */
  record Stored(String id, byte[] bytes) {}

  /**
   * Reads the indices.
   *
   * @throws DataException where a file is missing or has another length than it was written with
   */
  SnapshotFiles(Configuration hadoop, Path folder) {
    this.folder = folder;
    manifest = Manifest.read(hadoop, folder);
    int images = manifest.images();
    parts = new int[images];
    offsets = new long[images];
    idLengths = new int[images];
    lengths = new int[images];
    labels = new int[images];
    validation = new boolean[images];
    streams = new AtomicReferenceArray<>(manifest.parts().size());
    try {
      FileSystem found = folder.getFileSystem(hadoop);
      // Sums over local files would open each of them again for every read at a place.
      system = found instanceof ChecksumFileSystem sums ? sums.getRawFileSystem() : found;
      int first = 0;
      for (int p = 0; p < manifest.parts().size(); p++) {
        readIndex(p, first);
        first += manifest.parts().get(p).images();
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void readIndex(int p, int first) throws IOException {
    Manifest.Part part = manifest.parts().get(p);
    Path data = new Path(folder, part.name());
    requireLength(data, part.bytes());
    requireLength(PartWriter.index(data), (long) part.images() * IndexEntry.BYTES);
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(system.open(PartWriter.index(data)), 1 << 16))) {
      for (int i = first; i < first + part.images(); i++) {
        IndexEntry entry = IndexEntry.read(in);
        parts[i] = p;
        offsets[i] = entry.offset();
        idLengths[i] = entry.idLength();
        lengths[i] = entry.length();
        labels[i] = entry.label();
        validation[i] = entry.validation();
      }
    }
  }

  private void requireLength(Path file, long bytes) throws IOException {
    FileStatus status = system.getFileStatus(file);
    if (status.getLen() != bytes) {
      throw new DataException(
          "snapshot "
              + folder
              + " is damaged: "
              + file.getName()
              + " requires "
              + bytes
              + " bytes, got "
              + status.getLen());
    }
  }

  private DataException unreadable(IOException e) {
    return new DataException("snapshot " + folder + " cannot be read: " + e.getMessage(), e);
  }

  Path folder() {
    return folder;
  }

  Manifest manifest() {
    return manifest;
  }

  List<String> classNames() {
    return manifest.classNames();
  }

  int label(int image) {
    return labels[image];
  }

  /** Returns the labels of all images. */
  int[] labels() {
    return labels.clone();
  }

  /** Returns the images that are held out of training, or the others. */
  int[] images(boolean heldOut) {
    return IntStream.range(0, validation.length).filter(i -> validation[i] == heldOut).toArray();
  }

  Stored read(int image) {
    byte[] bytes = new byte[idLengths[image] + lengths[image]];
    try {
      stream(parts[image]).readFully(offsets[image], bytes);
    } catch (IOException e) {
      throw unreadable(e);
    }
    int id = idLengths[image];
    return new Stored(
        new String(bytes, 0, id, StandardCharsets.UTF_8),
        Arrays.copyOfRange(bytes, id, bytes.length));
  }

  private FSDataInputStream stream(int part) throws IOException {
    FSDataInputStream stream = streams.get(part);
    if (stream != null) {
      return stream;
    }
    FSDataInputStream opened = system.open(new Path(folder, manifest.parts().get(part).name()));
    if (streams.compareAndSet(part, null, opened)) {
      return opened;
    }
    opened.close();
    return streams.get(part);
  }

  @Override
  public void close() {
    for (int p = 0; p < streams.length(); p++) {
      FSDataInputStream stream = streams.getAndSet(p, null);
      if (stream != null) {
        try {
          stream.close();
        } catch (IOException e) {
          throw unreadable(e);
        }
      }
    }
  }
}
