package dev.lanewise.model.report;

import java.awt.image.BufferedImage;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard: records of TFRecord (length, its checksum, data, their checksum), each an
 * Event of event.proto.
 */
final class EventFile implements Closeable {
  // Fields of Event.
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  // Fields of Summary and of its Value.
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;

  // Fields of Summary.Image.
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;
  private static final int COLOURS = 3;
  private static final int ENCODED = 4;

  private static final double MILLIS_PER_SECOND = 1e3;

  /** What TFRecord adds to a rotated checksum. */
  private static final int MASK = 0xa282ead8;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /** Makes a new file in a folder, and the folder, with the name that TensorBoard looks for. */
  static EventFile create(Path folder, long millis) throws IOException {
    Files.createDirectories(folder);
    String name = "events.out.tfevents." + millis / 1000 + "." + host();
    EventFile file = new EventFile(open(folder, name));
    file.record(
        new ProtoWriter()
            .putDouble(WALL_TIME, millis / MILLIS_PER_SECOND)
            .putText(FILE_VERSION, "brain.Event:2")
            .bytes());
    return file;
  }

  /** Opens a new file, with a number where another training began in the same second. */
  private static OutputStream open(Path folder, String name) throws IOException {
    for (int i = 0; ; i++) {
      Path file = folder.resolve(i == 0 ? name : name + "." + i);
      try {
        return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Writes numbers of one step; those that are NaN, which were not measured, are left out. */
  void scalars(long step, long millis, Map<String, Double> values) throws IOException {
    ProtoWriter summary = new ProtoWriter();
    values.forEach(
        (tag, value) -> {
          if (!Double.isNaN(value)) {
            byte[] one =
                new ProtoWriter()
                    .putText(TAG, tag)
                    .putFloat(SIMPLE_VALUE, value.floatValue())
                    .bytes();
            summary.putBytes(VALUE, one);
          }
        });
    summary(step, millis, summary);
  }

  /** Writes a picture of three colours, as a PNG. */
  void image(long step, long millis, String tag, BufferedImage image) throws IOException {
    byte[] picture =
        new ProtoWriter()
            .putLong(HEIGHT, image.getHeight())
            .putLong(WIDTH, image.getWidth())
            .putLong(COLOURS, 3)
            .putBytes(ENCODED, Pictures.png(image))
            .bytes();
    byte[] one = new ProtoWriter().putText(TAG, tag).putBytes(IMAGE, picture).bytes();
    summary(step, millis, new ProtoWriter().putBytes(VALUE, one));
  }

  private void summary(long step, long millis, ProtoWriter summary) throws IOException {
    record(
        new ProtoWriter()
            .putDouble(WALL_TIME, millis / MILLIS_PER_SECOND)
            .putLong(STEP, step)
            .putBytes(SUMMARY, summary.bytes())
            .bytes());
  }

  private void record(byte[] data) throws IOException {
    int framed = Long.BYTES + 2 * Integer.BYTES + data.length;
    ByteBuffer record = ByteBuffer.allocate(framed).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(maskedChecksum(record.array(), Long.BYTES));
    record.put(data).putInt(maskedChecksum(data, data.length));
    // In one piece, so that who reads along sees whole records.
    out.write(record.array());
  }

  private static int maskedChecksum(byte[] data, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(data, 0, length);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
