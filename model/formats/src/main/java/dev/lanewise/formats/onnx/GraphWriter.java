package dev.lanewise.formats.onnx;

import com.google.protobuf.ByteString;
import dev.lanewise.onnx.AttributeProto;
import dev.lanewise.onnx.GraphProto;
import dev.lanewise.onnx.NodeProto;
import dev.lanewise.onnx.TensorProto;
import dev.lanewise.onnx.TensorShapeProto;
import dev.lanewise.onnx.TypeProto;
import dev.lanewise.onnx.ValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Puts nodes and tensors into a graph, under valid names. */
final class GraphWriter {
  /** Name of the extent that is open. */
  private static final String IMAGES = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Names names = new Names();

  /** Starts a graph. */
  GraphWriter(String name) {
    graph.setName(name);
  }

  /**
   * Adds a node and returns the name of its value.
   *
   * @param operator ONNX's name
   * @param wanted what node and value are to be called
   * @param inputs names of values
   */
  String node(String operator, String wanted, List<String> inputs, AttributeProto... attributes) {
    String name = names.of(wanted);
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(name)
            .addAllAttribute(List.of(attributes)));
    return name;
  }

  /** Adds a tensor of floats and returns its name. */
  String tensor(String wanted, List<Long> shape, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return tensor(wanted, shape, TensorProto.DataType.FLOAT, bytes);
  }

  /** Adds a row of integers and returns its name. */
  String integers(String wanted, long... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return tensor(wanted, List.of((long) values.length), TensorProto.DataType.INT64, bytes);
  }

  private String tensor(
      String wanted, List<Long> shape, TensorProto.DataType type, ByteBuffer bytes) {
    String name = names.of(wanted);
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .addAllDims(shape)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  /** Says what the graph takes and returns the value's name. */
  String input(String wanted, TensorProto.DataType type, List<Integer> extents) {
    String name = names.of(wanted);
    graph.addInput(value(name, type, extents));
    return name;
  }

  /** Says what the graph gives: a value by a name of its own. */
  void output(String wanted, String value, List<Integer> extents) {
    String name = names.of(wanted);
    graph.addNode(
        NodeProto.newBuilder().setOpType("Identity").setName(name).addInput(value).addOutput(name));
    graph.addOutput(value(name, TensorProto.DataType.FLOAT, extents));
  }

  private static ValueInfoProto value(
      String name, TensorProto.DataType type, List<Integer> extents) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam(IMAGES);
    for (int extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  /** Returns the graph. */
  GraphProto graph() {
    return graph.build();
  }
}
