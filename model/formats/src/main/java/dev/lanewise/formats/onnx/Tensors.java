package dev.lanewise.formats.onnx;

import com.google.protobuf.ByteString;
import dev.lanewise.formats.io.FloatType;
import dev.lanewise.formats.io.FormatException;
import dev.lanewise.onnx.TensorProto;
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
    FloatType type = type(tensor);
    if (tensor.hasRawData()) {
      ByteString raw = tensor.getRawData();
      requireCount(tensor, raw.size() % type.bytes() == 0 ? raw.size() / type.bytes() : -1, size);
      // Only now: a damaged file may claim any size.
      float[] values = new float[size];
      type.floats(raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), values, 0);
      return values;
    }
    if (type == FloatType.F32) {
      requireCount(tensor, tensor.getFloatDataCount(), size);
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    throw unreadable(tensor);
  }

  private static FloatType type(TensorProto tensor) {
    return switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
      case FLOAT -> FloatType.F32;
      case DOUBLE -> FloatType.F64;
      case FLOAT16 -> FloatType.F16;
      case BFLOAT16 -> FloatType.BF16;
      case UNDEFINED, UINT8, INT64 -> throw unreadable(tensor);
      case null -> throw unreadable(tensor);
    };
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
