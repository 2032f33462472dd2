package dev.lanewise.formats.onnx;

import com.google.protobuf.ByteString;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.onnx.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;

/** Reads the tensors of a graph. */
final class Tensors {
  private Tensors() {}

  /**
   * Returns a tensor's extents.
   *
   * @throws FormatException where one is not positive, or they hold more than an array can
   */
  static int[] shape(TensorProto tensor) {
    List<Long> dims = tensor.getDimsList();
    int[] shape = new int[dims.size()];
    long size = 1;
    for (int i = 0; i < shape.length; i++) {
      long extent = dims.get(i);
      if (extent < 1 || extent > Integer.MAX_VALUE || size * extent > Integer.MAX_VALUE) {
        throw new FormatException(
            "tensor '" + tensor.getName() + "' has the impossible shape " + dims);
      }
      size *= extent;
      shape[i] = (int) extent;
    }
    return shape;
  }

  /**
   * Returns a tensor's values as floats.
   *
   * @throws FormatException where they stand in another file, are of a type that weights do not
   *     have, or are more or fewer than the shape holds
   */
  static float[] floats(TensorProto tensor) {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      throw new FormatException(
          "its weights are in another file (external data), which is not read; save it as one file");
    }
    int size = 1;
    for (int extent : shape(tensor)) {
      size *= extent;
    }
    float[] values = new float[size];
    TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
    if (type == null) {
      throw unreadable(tensor);
    }
    ByteString raw = tensor.getRawData();
    switch (type) {
      case FLOAT -> {
        if (tensor.hasRawData()) {
          bytes(tensor, raw, size, Float.BYTES).asFloatBuffer().get(values);
        } else {
          requireCount(tensor, tensor.getFloatDataCount(), size);
          for (int i = 0; i < size; i++) {
            values[i] = tensor.getFloatData(i);
          }
        }
      }
      case DOUBLE -> {
        requireRaw(tensor);
        ByteBuffer doubles = bytes(tensor, raw, size, Double.BYTES);
        for (int i = 0; i < size; i++) {
          values[i] = (float) doubles.getDouble();
        }
      }
      case FLOAT16 -> {
        requireRaw(tensor);
        ByteBuffer halves = bytes(tensor, raw, size, Short.BYTES);
        for (int i = 0; i < size; i++) {
          values[i] = Float.float16ToFloat(halves.getShort());
        }
      }
      case BFLOAT16 -> {
        requireRaw(tensor);
        ByteBuffer halves = bytes(tensor, raw, size, Short.BYTES);
        for (int i = 0; i < size; i++) {
          values[i] = Float.intBitsToFloat(halves.getShort() << Short.SIZE);
        }
      }
      case UNDEFINED, UINT8, INT64 -> throw unreadable(tensor);
    }
    return values;
  }

  private static ByteBuffer bytes(TensorProto tensor, ByteString raw, int size, int bytes) {
    requireCount(tensor, raw.size() % bytes == 0 ? raw.size() / bytes : -1, size);
    return raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void requireRaw(TensorProto tensor) {
    if (!tensor.hasRawData()) {
      throw unreadable(tensor);
    }
  }

  private static void requireCount(TensorProto tensor, int count, int size) {
    if (count != size) {
      throw new FormatException(
          String.format(
              Locale.ROOT,
              "tensor '%s' of shape %s requires %d values, and the file has others",
              tensor.getName(),
              tensor.getDimsList(),
              size));
    }
  }

  private static FormatException unreadable(TensorProto tensor) {
    return new FormatException(
        "tensor '"
            + tensor.getName()
            + "' is of type "
            + tensor.getDataType()
            + " or has its values in a form that weights do not have");
  }
}
