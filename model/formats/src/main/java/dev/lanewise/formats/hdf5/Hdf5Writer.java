package dev.lanewise.formats.hdf5;

import dev.lanewise.formats.io.Checksum;
import dev.lanewise.formats.saved.LanewiseNames;
import dev.lanewise.formats.saved.SavedArray;
import io.jhdf.Superblock;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.WritableGroupImpl;
import io.jhdf.api.Group;
import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import io.jhdf.object.message.DataSpace;
import io.jhdf.storage.HdfFileChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes HDF5 with jHDF's encoders over a channel of its own: jHDF's file class takes no notice of
 * a write that stops half way and leaves its channel open where one fails.
 */
public final class Hdf5Writer {
  static {
    JhdfLog.quiet();
  }

  /** Most bytes of an attribute: Keras's HDF5_OBJECT_HEADER_LIMIT. */
  private static final int ATTRIBUTE_LIMIT = 64512;

  private final WritableGroup root = new WritableGroupImpl(null, "/");
  private final TextHeap heap = new TextHeap();

  /** Returns the root group. */
  public WritableGroup root() {
    return root;
  }

  /** Writes the whole tree into an empty file. */
  public void write(FileChannel file) throws IOException {
    Superblock.SuperblockV2V3 superblock = new Superblock.SuperblockV2V3(0, heap.end());
    WholeWrites channel = new WholeWrites(file, superblock);
    try {
      channel.write(heap.bytes(), heap.address());
      root.write(channel, heap.end());
      channel.flush();
      channel.write(superblock.toBuffer(file.size()), 0);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Adds an array with its checksum; its values are not copied before the file is written. */
  public static void putArray(WritableGroup group, String name, SavedArray array) {
    if (array.shape().length == 0) {
      float[] value = array.values();
      putChecksum(group.putDataset(name, value[0]), value);
    } else {
      group.putDataset(name, new ArrayDataset(array, name, group));
    }
  }

  private static void putChecksum(WritableNode dataset, float[] values) {
    putText(dataset, LanewiseNames.CHECKSUM, Checksum.text(Checksum.of(values)));
  }

  /** Adds a text attribute. */
  public static void putText(WritableNode node, String name, String text) {
    checkText(name, text);
    if (size(text) > ATTRIBUTE_LIMIT) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the text '%s' takes %d bytes, where a file's attribute holds at most %d",
              name,
              size(text),
              ATTRIBUTE_LIMIT));
    }
    node.getAttributes().put(name, new TextAttribute(name, node, text));
  }

  /**
   * Adds a text attribute of any length. Short ones are of fixed length, which every h5py gives to
   * Keras as bytes, as early versions of it demand.
   */
  public void putLongText(WritableNode node, String name, String text) {
    checkText(name, text);
    if (size(text) > ATTRIBUTE_LIMIT) {
      heap.put(node, name, text);
    } else {
      putText(node, name, text);
    }
  }

  /**
   * Adds a list of texts as Keras does: as one attribute where it fits, else in parts, {@code
   * name0}, {@code name1} and so on.
   */
  public static void putTexts(WritableNode node, String name, List<String> texts) {
    if (texts.isEmpty()) {
      node.getAttributes().put(name, new TextAttribute(name, node, texts));
      return;
    }
    List<List<String>> parts = new ArrayList<>();
    int from = 0;
    int widest = 0;
    for (int i = 0; i < texts.size(); i++) {
      checkText(name, texts.get(i));
      int width = size(texts.get(i));
      if (width > ATTRIBUTE_LIMIT) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "text %d of '%s' takes %d bytes, where a file's attribute holds at most %d",
                i,
                name,
                width,
                ATTRIBUTE_LIMIT));
      }
      widest = Math.max(widest, width);
      if ((long) widest * (i - from + 1) > ATTRIBUTE_LIMIT) {
        parts.add(texts.subList(from, i));
        from = i;
        widest = width;
      }
    }
    parts.add(texts.subList(from, texts.size()));
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.size() == 1 ? name : name + i;
      node.getAttributes().put(part, new TextAttribute(part, node, parts.get(i)));
    }
  }

  /** Returns the bytes that a text takes, with the zero at its end. */
  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private static void checkText(String name, String text) {
    if (text.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "the text '" + name + "' has a character that a file cannot hold");
    }
  }

  /**
   * Texts or one text, as an attribute. jHDF itself cannot make one of no texts, and pads single
   * ones beyond their length.
   */
  private static final class TextAttribute extends WritableAttributeImpl {
    private final String[] texts;
    private final DataSpace space;

    TextAttribute(String name, WritableNode node, String text) {
      super(name, node, text);
      this.texts = new String[] {text};
      this.space = DataSpace.fromObject(text);
    }

    TextAttribute(String name, WritableNode node, List<String> texts) {
      super(name, node, texts.isEmpty() ? "" : texts.toArray(new String[0]));
      this.texts = texts.toArray(new String[0]);
      this.space = DataSpace.fromObject(this.texts);
    }

    @Override
    public DataSpace getDataSpace() {
      return space;
    }

    @Override
    public Object getData() {
      return texts;
    }
  }

  /**
   * A dataset of floats that is nested, as jHDF wants it, only while it is written: a model's
   * snapshot is hundreds of megabytes.
   */
  private static final class ArrayDataset extends WritableDatasetImpl {
    private final SavedArray array;

    ArrayDataset(SavedArray array, String name, Group parent) {
      super(0f, name, parent);
      this.array = array;
    }

    @Override
    public long write(HdfFileChannel channel, long position) {
      float[] values = array.values();
      Object nested = nest(values, array.shape(), 0, 0, values.length);
      WritableDatasetImpl dataset = new WritableDatasetImpl(nested, getName(), getParent());
      putChecksum(dataset, values);
      return dataset.write(channel, position);
    }

    private static Object nest(float[] values, int[] shape, int axis, int from, int size) {
      if (axis == shape.length - 1) {
        return Arrays.copyOfRange(values, from, from + size);
      }
      Object nested = nestedArray(shape, axis);
      int step = size / shape[axis];
      for (int i = 0; i < shape[axis]; i++) {
        Array.set(nested, i, nest(values, shape, axis + 1, from + i * step, step));
      }
      return nested;
    }

    private static Object nestedArray(int[] shape, int axis) {
      Class<?> component = float.class;
      for (int i = axis + 1; i < shape.length; i++) {
        component = component.arrayType();
      }
      return Array.newInstance(component, shape[axis]);
    }
  }

  /** A channel whose writes are whole or fail, and which gathers jHDF's many small ones. */
  private static final class WholeWrites extends HdfFileChannel {
    private final FileChannel file;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(1 << 20);
    private long position;

    WholeWrites(FileChannel file, Superblock superblock) {
      super(file, superblock);
      this.file = file;
    }

    @Override
    public void position(long address) {
      flush();
      position = address;
    }

    @Override
    public int write(ByteBuffer buffer) {
      int size = buffer.remaining();
      while (buffer.hasRemaining()) {
        int part = Math.min(buffer.remaining(), pending.remaining());
        pending.put(pending.position(), buffer, buffer.position(), part);
        pending.position(pending.position() + part);
        buffer.position(buffer.position() + part);
        if (!pending.hasRemaining()) {
          flush();
        }
      }
      return size;
    }

    @Override
    public int write(ByteBuffer buffer, long address) {
      flush();
      return writeAt(buffer, address);
    }

    void flush() {
      pending.flip();
      position += writeAt(pending, position);
      pending.clear();
    }

    private int writeAt(ByteBuffer buffer, long address) {
      int size = buffer.remaining();
      try {
        long at = address;
        while (buffer.hasRemaining()) {
          at += file.write(buffer, at);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return size;
    }
  }
}
