package dev.lanewise.model.data;

import dev.lanewise.formats.io.InputFile;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads HDF5 files in the form of the SIGNS data set: {@code train_set_x} or {@code test_set_x},
 * integers 0 to 255 of [N, H, W, C] with 1, 3 or 4 channels; {@code train_set_y} or {@code
 * test_set_y}, as {@link SignsTargets} says; {@code list_classes}, integers or strings of
 * [classes].
 */
final class SignsFile implements AutoCloseable {
  /** No filter of HDF5 makes data smaller than this (deflate's limit is 1032). */
  private static final long MOST_COMPRESSED = 1100;

  /** Most values that are read at once. */
  private static final int SLICE = 1 << 24;

  private final Path path;
  private final HdfFile file;
  private final int slice;

  /**
   * Opens a file.
   *
   * @throws DataException where it is missing, no HDF5 or cut off
   */
  SignsFile(Path path) {
    this(path, SLICE);
  }

  /** As the other, with another number of values that are read at once. */
  SignsFile(Path path, int slice) {
    this.slice = slice;
    this.path = path;
    this.file = Hdf5.open(path);
  }

  @Override
  public void close() {
    file.close();
  }

  /** Returns whether the file holds the images of a part: "train" or "test". */
  boolean has(String part) {
    try {
      return holds(images(part));
    } catch (RuntimeException e) {
      throw Hdf5.damaged(path, e);
    }
  }

  /**
   * Reads a part, "train" or "test", and converts its images to a shape.
   *
   * @throws DataException where the file is damaged or not in this form
   */
  StoredImages read(String part, ImageShape to, LoadListener listener) {
    try {
      return readPart(part, to, listener);
    } catch (DataException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      throw Hdf5.damaged(path, e);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "the memory is too small for the images of HDF5 file " + path + ", or it is damaged", e);
    }
  }

  private static String images(String part) {
    return part + "_set_x";
  }

  private static String targets(String part) {
    return part + "_set_y";
  }

  private StoredImages readPart(String part, ImageShape to, LoadListener listener) {
    Channels.require(to.channels());
    Dataset x = dataset(images(part));
    SignsTargets y = new SignsTargets(this, targets(part));
    int[] shape = x.getDimensions();
    requireInteger(images(part), x);
    if (shape.length != 4 || !Channels.canRead(shape[3])) {
      throw wrong(
          "%s requires the shape [N, H, W, C] with 1, 3 or 4 channels, got %s",
          images(part), show(shape));
    }
    if (shape[0] == 0 || shape[1] == 0 || shape[2] == 0) {
      throw wrong("%s requires at least 1 image, got the shape %s", images(part), show(shape));
    }
    ImageTargets targets = y.read(images(part), shape[0]);
    byte[][] pixels = pixels(images(part), x, shape);
    byte[][] resized =
        ParallelLoad.images(
            shape[0],
            listener,
            i ->
                Channels.resize(
                    Channels.convert(pixels[i], shape[3], to.channels()), shape[1], shape[2], to));
    ImageShape from = new ImageShape(shape[1], shape[2], shape[3]);
    String change = from.equals(to) ? "" : " (converted from " + from + ")";
    return new StoredImages("SIGNS file " + path.getFileName() + change, resized, targets, to);
  }

  /** Returns whether there is something of a name. */
  boolean holds(String name) {
    return file.getChildren().containsKey(name);
  }

  /**
   * Returns a data set.
   *
   * @throws DataException where there is none, or the file is too small for it
   */
  Dataset dataset(String name) {
    Node node = file.getChildren().get(name);
    if (node == null) {
      Set<String> names = new TreeSet<>(file.getChildren().keySet());
      throw wrong(
          "there is no %s; it has %s",
          name, names.isEmpty() ? "nothing" : String.join(", ", names));
    }
    if (node instanceof Dataset found) {
      requireInFile(name, found);
      return found;
    }
    throw wrong("%s must be a data set, got a group", name);
  }

  /** Guards the memory: a single damaged byte may make a data set seem to be any size. */
  private void requireInFile(String name, Dataset dataset) {
    long size = file.size();
    long most = dataset instanceof ContiguousDataset ? size : size * MOST_COMPRESSED;
    if (dataset.getSizeInBytes() > most) {
      throw wrong(
          "%s is said to take %d bytes, more than the file of %d bytes can hold",
          name, dataset.getSizeInBytes(), size);
    }
  }

  private void requireInteger(String name, Dataset dataset) {
    DataType type = dataset.getDataType();
    if (!(type instanceof FixedPoint)) {
      throw wrong("%s must hold integers, got %s", name, dataset.getJavaType().getSimpleName());
    }
  }

  private byte[][] pixels(String name, Dataset x, int[] shape) {
    int imageBytes = Math.multiplyExact(Math.multiplyExact(shape[1], shape[2]), shape[3]);
    byte[][] images = new byte[shape[0]][imageBytes];
    FixedPoint type = (FixedPoint) x.getDataType();
    if (type.getSize() == 1 && !type.isSigned() && x instanceof ContiguousDataset contiguous) {
      readBytes(file.getUserBlockSize() + contiguous.getDataAddress(), images);
      return images;
    }
    int step = Math.max(1, slice / imageBytes);
    if (x instanceof ChunkedDataset chunked) {
      // A chunk in two slices would be unpacked twice.
      step = Math.ceilDiv(step, chunked.getChunkDimensions()[0]) * chunked.getChunkDimensions()[0];
    }
    for (int from = 0; from < shape[0]; from += step) {
      int count = Math.min(step, shape[0] - from);
      long[] offset = {from, 0, 0, 0};
      Object part = x.getData(offset, new int[] {count, shape[1], shape[2], shape[3]});
      for (int i = 0; i < count; i++) {
        fill(images[from + i], Array.get(part, i), name, from + i);
      }
    }
    return images;
  }

  /** Reads images that stand in the file as they are wanted: of these, any number of bytes. */
  private void readBytes(long from, byte[][] images) {
    long at = from;
    try (FileChannel channel = FileChannel.open(path)) {
      for (byte[] image : images) {
        InputFile.readFully(channel, ByteBuffer.wrap(image), at);
        at += image.length;
      }
    } catch (IOException e) {
      throw new DataException("file " + path + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Fills an image from arrays of rows of pixels of channels. */
  private void fill(byte[] image, Object rows, String name, int index) {
    int at = 0;
    for (int h = 0; h < Array.getLength(rows); h++) {
      Object row = Array.get(rows, h);
      for (int w = 0; w < Array.getLength(row); w++) {
        Object pixel = Array.get(row, w);
        for (int c = 0; c < Array.getLength(pixel); c++) {
          long value = longAt(pixel, c);
          if (value < 0 || value > 255) {
            throw wrong(
                "%s must hold values from 0 to 255, got %d in image %d", name, value, index);
          }
          image[at++] = (byte) value;
        }
      }
    }
  }

  private static long longAt(Object values, int index) {
    return ((Number) Array.get(values, index)).longValue();
  }

  /** Returns the exception for what is not of this form. */
  DataException wrong(String what, Object... values) {
    return new DataException(
        "in HDF5 file " + path + ", " + String.format(Locale.ROOT, what, values));
  }

  private static String show(int[] shape) {
    return Arrays.toString(shape);
  }
}
