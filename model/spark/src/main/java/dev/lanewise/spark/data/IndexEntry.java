package dev.lanewise.spark.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Where an image lies in its part. The row's id stands before it.
 *
 * @param offset of the id's first byte
 * @param idLength bytes of the id, UTF-8
 * @param length bytes of the image
 * @param label index of its class
 * @param validation whether it is held out of training
 */
record IndexEntry(long offset, int idLength, int length, int label, boolean validation) {
  /** Bytes of an entry. */
  static final int BYTES = Long.BYTES + 3 * Integer.BYTES + 1;

  static IndexEntry read(DataInput in) throws IOException {
    return new IndexEntry(
        in.readLong(), in.readInt(), in.readInt(), in.readInt(), in.readByte() != 0);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(offset);
    out.writeInt(idLength);
    out.writeInt(length);
    out.writeInt(label);
    out.writeByte(validation ? 1 : 0);
  }
}
