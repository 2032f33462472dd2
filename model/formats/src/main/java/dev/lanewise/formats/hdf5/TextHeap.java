package dev.lanewise.formats.hdf5;

import io.jhdf.api.WritableAttributeImpl;
import io.jhdf.api.WritableNode;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.message.DataSpace;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts too long for an attribute, kept as HDF5 keeps strings of variable length: in a global heap,
 * which the attribute points to (HDF5 File Format Specification, III.E and IV.A.2.d). jHDF itself
 * writes strings of fixed length only.
 *
 * <p>The heap stands in front of all else, so that its address is known from the start.
 */
final class TextHeap {
  /** Behind the superblock. */
  private static final long ADDRESS = 64;

  private static final byte[] SIGNATURE = {'G', 'C', 'O', 'L', 1, 0, 0, 0};
  private static final int HEADER = 16;

  /** HDF5's H5HG_MINSIZE: it reads as much before it looks at the size. */
  private static final int SMALLEST = 4096;

  private final List<byte[]> texts = new ArrayList<>();

  /** Adds a text as a node's attribute. */
  void put(WritableNode node, String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    texts.add(bytes);
    ByteBuffer pointer = buffer(HEADER);
    pointer.putInt(bytes.length).putLong(ADDRESS).putInt(texts.size());
    node.getAttributes().put(name, new Pointer(name, node, text, pointer.array()));
  }

  /** Returns the address where the heap ends and the rest of the file begins. */
  long end() {
    return ADDRESS + size();
  }

  private int size() {
    if (texts.isEmpty()) {
      return 0;
    }
    int size = HEADER;
    for (byte[] text : texts) {
      size += HEADER + padded(text.length);
    }
    return Math.max(size, SMALLEST);
  }

  private static int padded(int length) {
    return (length + 7) / 8 * 8;
  }

  /** Returns the heap's bytes, none where no text is in it, for {@link #address}. */
  ByteBuffer bytes() {
    ByteBuffer heap = buffer(size());
    if (texts.isEmpty()) {
      return heap;
    }
    heap.put(SIGNATURE).putLong(heap.capacity());
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i);
      int next = heap.position() + HEADER + padded(text.length);
      // Index, number of references, four reserved bytes, size.
      heap.putShort((short) (i + 1)).putShort((short) 1).putInt(0).putLong(text.length).put(text);
      heap.position(next);
    }
    if (heap.remaining() >= HEADER) {
      // Object 0 is the free space, its own header included.
      heap.putLong(0).putLong(heap.remaining() + Long.BYTES);
    }
    return heap.rewind();
  }

  /** Returns where the heap is to stand. */
  long address() {
    return ADDRESS;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** An attribute that is a pointer into the heap. */
  private static final class Pointer extends WritableAttributeImpl {
    private final DataType type;
    private final DataSpace space;

    Pointer(String name, WritableNode node, String text, byte[] pointer) {
      super(name, node, text);
      // An early h5py gives ASCII to Keras as bytes, which early versions of it demand.
      this.type = new VariableText(pointer, text.chars().allMatch(c -> c < 128));
      this.space = DataSpace.fromObject(text);
    }

    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public DataSpace getDataSpace() {
      return space;
    }
  }

  /** HDF5's type of a string of variable length, with the one value that it has here. */
  private static final class VariableText extends DataType {
    private static final int VARIABLE_LENGTH = 9;
    private static final int STRING_BIT = 0;
    private static final int UTF_8_BIT = 8;

    private final byte[] pointer;

    VariableText(byte[] pointer, boolean ascii) {
      super(VARIABLE_LENGTH, pointer.length);
      this.pointer = pointer;
      classBits.set(STRING_BIT);
      if (!ascii) {
        classBits.set(UTF_8_BIT);
      }
    }

    @Override
    public Class<?> getJavaType() {
      return String.class;
    }

    @Override
    public ByteBuffer encodeData(Object data) {
      return ByteBuffer.wrap(pointer);
    }

    @Override
    public ByteBuffer toBuffer() {
      return toBufferBuilder().writeBuffer(new FixedPoint(1, false).toBuffer()).build();
    }

    @Override
    public Object fillData(ByteBuffer buffer, int[] dimensions, HdfBackingStorage storage) {
      throw new UnsupportedOperationException("this type is for writing");
    }
  }
}
