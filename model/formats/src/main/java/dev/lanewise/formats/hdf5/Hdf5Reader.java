package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.formats.io.InputFile;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.ModelFileException;
import dev.lanewise.formats.saved.SavedArray;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.nio.FileChannelFromSeekableByteChannel;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads HDF5 files through jHDF, and turns all that can be wrong with one into a sentence.
 *
 * <p>jHDF gets a channel that cannot be mapped: Windows does not let go of a mapped file before the
 * garbage collector comes by, and saving over it would fail.
 */
public final class Hdf5Reader {
  /** No filter of HDF5 makes data smaller than this (deflate's limit is 1032). */
  private static final long MOST_COMPRESSED = 1100;

  /** Bits of the exponent of an IEEE 754 float of 16 bits; Google's bfloat16 has 8. */
  private static final int HALF_EXPONENT = 5;

  private Hdf5Reader() {}

  /** Makes an array of a dataset, under a name. */
  public interface ArrayReader {
    /** Reads, or prepares to read. */
    SavedArray read(Dataset dataset, String name);
  }

  /**
   * Opens a file, reads it and closes it.
   *
   * @param reader gets the root group; must not keep it
   * @throws ModelFileException naming the file and what is wrong with it
   */
  public static <T> T read(Path path, Function<Group, T> reader) {
    return read(path, reader, Function.identity());
  }

  /**
   * Opens a file, reads it, uses what was read and closes the file.
   *
   * @param reader gets the root group; must not keep it
   * @param user may fetch the values of {@link #lazyArray}; what else it throws is not touched
   * @throws ModelFileException naming the file and what is wrong with it
   */
  public static <M, T> T read(Path path, Function<Group, M> reader, Function<M, T> user) {
    return InputFile.read(path, file -> read(file, reader, user));
  }

  /**
   * As {@link #read(Path, Function, Function)}, of a file that is open.
   *
   * @throws FormatException saying what is wrong with it
   */
  public static <M, T> T read(FileChannel file, Function<Group, M> reader, Function<M, T> user)
      throws IOException {
    checkWhole(file);
    FileChannel unmapped = new FileChannelFromSeekableByteChannel(file);
    try (HdfFile hdf = guarded(() -> new HdfFile(unmapped, URI.create("model")))) {
      return user.apply(guarded(() -> reader.apply(hdf)));
    }
  }

  private static <T> T guarded(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // jHDF meets damage with exceptions of many kinds, and a cycle with endless recursion.
      throw damaged(e);
    } catch (OutOfMemoryError e) {
      throw new FormatException("the memory is too small for it, or the file is damaged", e);
    }
  }

  private static FormatException damaged(Throwable cause) {
    return new FormatException(
        "the file is damaged, or made in a way that is not supported", cause);
  }

  /** Compares the file's length with the one that its superblock states. */
  private static void checkWhole(FileChannel file) throws IOException {
    long end = end(file);
    if (file.size() < end) {
      throw new FormatException(
          String.format(
              Locale.ROOT, "it is cut off, only %d of %d bytes are there", file.size(), end));
    }
  }

  private static long end(FileChannel file) throws IOException {
    try {
      return Hdf5Superblock.of(file)
          .orElseThrow(() -> new FormatException("it is not an HDF5 file"))
          .end();
    } catch (FormatException e) {
      throw e;
    } catch (RuntimeException e) {
      throw damaged(e);
    }
  }

  /** Returns a group by its path below another group. */
  public static Group group(Group parent, String path) {
    Node node = node(parent, path);
    if (!(node instanceof Group)) {
      throw new FormatException(
          String.format(
              Locale.ROOT, "'%s' must be a group, but is a dataset", place(parent, path)));
    }
    return (Group) node;
  }

  /** Returns a dataset by its path below a group. */
  public static Dataset dataset(Group parent, String path) {
    Node node = node(parent, path);
    if (!(node instanceof Dataset)) {
      throw new FormatException(
          String.format(
              Locale.ROOT, "'%s' must be a dataset, but is a group", place(parent, path)));
    }
    return (Dataset) node;
  }

  private static Node node(Group parent, String path) {
    Node node = parent;
    for (String name : path.split("/")) {
      node = node instanceof Group ? ((Group) node).getChild(name) : null;
    }
    if (node == null) {
      throw new FormatException("'" + place(parent, path) + "' is missing");
    }
    return node;
  }

  private static String place(Group parent, String path) {
    return (parent.getParent() == null ? "" : place(parent)) + "/" + path;
  }

  /** Returns a node's path; jHDF ends those of groups with a slash. */
  private static String place(Node node) {
    String path = node.getPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns a dataset of floats of any width as an array. */
  public static SavedArray array(Dataset dataset, String name) {
    return new SavedArray(name, dimensions(dataset), values(dataset));
  }

  /** As {@link #array}, but reads the values when they are fetched, while the file is open. */
  public static SavedArray lazyArray(Dataset dataset, String name) {
    return new SavedArray(name, dimensions(dataset), () -> guarded(() -> values(dataset)));
  }

  private static int[] dimensions(Dataset dataset) {
    if (!(dataset.getDataType() instanceof FloatingPoint type) || dataset.isEmpty()) {
      throw new FormatException("'" + dataset.getPath() + "' must hold floating point numbers");
    }
    if (type.getSize() == 2 && type.getExponentSize() != HALF_EXPONENT) {
      throw new FormatException(
          "'" + dataset.getPath() + "' holds floats of 16 bits that are not those of IEEE 754");
    }
    checkSize(dataset);
    return dataset.getDimensions();
  }

  /** Returns whether a dataset is one integer: a counter among a layer's weights. */
  public static boolean isCounter(Dataset dataset) {
    return dataset.isScalar() && dataset.getDataType() instanceof FixedPoint;
  }

  /** Returns the values, which are those that were written where the file has their checksum. */
  private static float[] values(Dataset dataset) {
    float[] values = floats(dataset.isScalar() ? dataset.getData() : dataset.getDataFlat());
    String wanted = optionalText(dataset, LanewiseNames.CHECKSUM);
    if (wanted != null) {
      Checksum.check("the array '" + dataset.getPath() + "'", Checksum.of(values), wanted);
    }
    return values;
  }

  /** Guards the memory against extents that the file cannot hold. */
  private static void checkSize(Dataset dataset) {
    long size = dataset.getHdfFile().size();
    long limit = dataset instanceof ContiguousDataset ? size : size * MOST_COMPRESSED;
    if (dataset.getSizeInBytes() > limit || dataset.getSize() > Integer.MAX_VALUE) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "'%s' is said to hold %d values, more than the file can",
              dataset.getPath(),
              dataset.getSize()));
    }
  }

  private static float[] floats(Object data) {
    if (data instanceof float[]) {
      return (float[]) data;
    }
    if (data instanceof Number) {
      return new float[] {((Number) data).floatValue()};
    }
    double[] doubles = (double[]) data;
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** Returns a text attribute. */
  public static String text(Node node, String name) {
    Object data = data(node, name);
    if (!(data instanceof String)) {
      throw new FormatException("attribute '" + name + "' must be a text");
    }
    return (String) data;
  }

  /** Returns a text attribute; null where it is missing. */
  public static String optionalText(Node node, String name) {
    return node.getAttribute(name) == null ? null : text(node, name);
  }

  /** Returns an integer attribute. */
  public static long integer(Node node, String name) {
    Object data = data(node, name);
    if (!(data instanceof Long)) {
      throw new FormatException("attribute '" + name + "' must be an integer of 64 bits");
    }
    return (Long) data;
  }

  /** Returns an integer attribute that must fit an int. */
  public static int smallInteger(Node node, String name) {
    long value = integer(node, name);
    if (value != (int) value) {
      throw new FormatException("attribute '" + name + "' is out of range: " + value);
    }
    return (int) value;
  }

  /** Returns an attribute's value, which is not null. */
  public static Object data(Node node, String name) {
    Attribute attribute = node.getAttribute(name);
    Object data = attribute == null ? null : attribute.getData();
    if (data == null) {
      throw new FormatException("attribute '" + name + "' is missing");
    }
    return data;
  }

  /** Returns whether a list of texts is there, whole or cut into parts. */
  public static boolean hasTexts(Node node, String name) {
    return node.getAttribute(name) != null || node.getAttribute(name + "0") != null;
  }

  /** Returns a list of texts that may be cut into {@code name0}, {@code name1} and so on. */
  public static List<String> texts(Node node, String name) {
    if (!hasTexts(node, name)) {
      throw new FormatException(
          String.format(Locale.ROOT, "attribute '%s' of '%s' is missing", name, place(node)));
    }
    List<String> texts = new ArrayList<>();
    if (node.getAttribute(name) != null) {
      addTexts(node.getAttribute(name), texts);
    } else {
      for (int part = 0; node.getAttribute(name + part) != null; part++) {
        addTexts(node.getAttribute(name + part), texts);
      }
    }
    return texts;
  }

  private static void addTexts(Attribute attribute, List<String> texts) {
    // An empty list may be of any type: numpy makes it one of doubles.
    Object data = attribute.isEmpty() || attribute.getSize() == 0 ? null : attribute.getData();
    if (data instanceof String[] several) {
      texts.addAll(Arrays.asList(several));
    } else if (data instanceof String one) {
      texts.add(one);
    } else if (data != null) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "attribute '%s' of '%s' must hold texts",
              attribute.getName(),
              place(attribute.getNode())));
    }
  }
}
