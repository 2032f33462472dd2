package dev.lanewise.formats.onnx;

import dev.lanewise.formats.io.FormatException;
import dev.lanewise.onnx.AttributeProto;
import dev.lanewise.onnx.GraphProto;
import dev.lanewise.onnx.NodeProto;
import dev.lanewise.onnx.TensorProto;
import dev.lanewise.onnx.ValueInfoProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations of a graph, of which only those with weights and the sums of two maps count. */
final class Operations {
  /** What has neither weights nor a second map: the way goes on through its first input. */
  private static final Set<String> PASSED =
      Set.of(
          "AveragePool",
          "Cast",
          "Clip",
          "Dropout",
          "Flatten",
          "Gather",
          "GlobalAveragePool",
          "HardSwish",
          "Identity",
          "LeakyRelu",
          "MaxPool",
          "Pad",
          "ReduceMean",
          "Relu",
          "Reshape",
          "Sigmoid",
          "Softmax",
          "Squeeze",
          "Transpose",
          "Unsqueeze");

  private final Map<String, NodeProto> makers = new HashMap<>();
  private final Map<String, TensorProto> tensors = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();
  private final String output;

  /** An operation that counts; none where the images are reached. */
  record Found(NodeProto node, boolean channelsLast) {
    boolean isInput() {
      return node == null;
    }

    String type() {
      return node == null ? "the input" : node.getOpType();
    }
  }

  /**
   * Reads a graph.
   *
   * @throws FormatException where it has no output
   */
  Operations(GraphProto graph) {
    for (TensorProto tensor : graph.getInitializerList()) {
      tensors.put(tensor.getName(), tensor);
    }
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(value -> makers.put(value, node));
      if (node.getOpType().equals("Constant") && node.getOutputCount() == 1) {
        for (AttributeProto attribute : node.getAttributeList()) {
          if (attribute.getName().equals("value")) {
            tensors.put(node.getOutput(0), attribute.getT());
          }
        }
      }
    }
    for (ValueInfoProto input : graph.getInputList()) {
      // Files of before 2019 list tensors among the inputs.
      if (!tensors.containsKey(input.getName())) {
        inputs.add(input.getName());
      }
    }
    if (graph.getOutputCount() == 0) {
      throw new FormatException("its graph has no output");
    }
    output = graph.getOutput(0).getName();
  }

  /** Returns the number of values that nodes make. */
  int count() {
    return makers.size();
  }

  String output() {
    return output;
  }

  /** Returns the tensor of a value, also where nodes only hand it on; null where it is none. */
  TensorProto tensor(String value) {
    String at = value;
    for (int steps = 0; steps < makers.size() + 1; steps++) {
      TensorProto tensor = tensors.get(at);
      if (tensor != null) {
        return tensor;
      }
      NodeProto node = makers.get(at);
      if (node == null || !node.getOpType().equals("Identity") || node.getInputCount() == 0) {
        return null;
      }
      at = node.getInput(0);
    }
    return null;
  }

  /**
   * Returns the operation that counts which a value comes from.
   *
   * @throws IllegalArgumentException where the graph does what networks here do not
   */
  Found from(String value) {
    String at = value;
    boolean channelsLast = false;
    for (int steps = 0; steps <= makers.size(); steps++) {
      if (inputs.contains(at)) {
        return new Found(null, channelsLast);
      }
      NodeProto node = makers.get(at);
      if (node == null) {
        throw new IllegalArgumentException("nothing in its graph makes '" + at + "'");
      }
      String type = node.getOpType();
      if (counts(node)) {
        return new Found(node, channelsLast);
      }
      channelsLast |= type.equals("Transpose") && isToChannelsLast(node);
      at = passed(node);
    }
    throw new IllegalArgumentException("its graph goes in circles at '" + value + "'");
  }

  private boolean counts(NodeProto node) {
    return switch (node.getOpType()) {
      case "Conv", "Gemm", "MatMul", "BatchNormalization" -> true;
      case "Add" -> maps(node).size() == 2;
      case "Mul" -> maps(node).size() == 2 && gatedBySelf(node) == null;
      default -> false;
    };
  }

  /** Returns the inputs of a node that are no tensors. */
  List<String> maps(NodeProto node) {
    return node.getInputList().stream().filter(input -> tensor(input) == null).toList();
  }

  private static boolean isToChannelsLast(NodeProto node) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals("perm"))
        .anyMatch(attribute -> attribute.getIntsList().equals(List.of(0L, 2L, 3L, 1L)));
  }

  /** Returns the value through which the way leads on. */
  private String passed(NodeProto node) {
    String type = node.getOpType();
    List<String> maps = maps(node);
    if (PASSED.contains(type) && !maps.isEmpty()) {
      return maps.getFirst();
    }
    if (type.equals("Mul") && maps.size() == 2) {
      String self = gatedBySelf(node);
      if (self != null) {
        return self;
      }
    }
    if (Set.of("Add", "Sub", "Mul", "Div").contains(type) && maps.size() == 1) {
      // Of a constant: preprocessing, or a bias behind a product.
      NodeProto before = makers.get(maps.getFirst());
      if (before == null || !before.getOpType().equals("Conv")) {
        return maps.getFirst();
      }
    }
    throw new IllegalArgumentException(
        "its graph has a node '"
            + node.getName()
            + "' of type "
            + type
            + " where networks here have none");
  }

  /** Returns x of x * sigmoid(x), or with HardSigmoid; null where a product is of other values. */
  private String gatedBySelf(NodeProto product) {
    List<String> maps = maps(product);
    for (int i = 0; i < 2; i++) {
      NodeProto gate = makers.get(maps.get(i));
      String x = maps.get(1 - i);
      if (gate != null
          && Set.of("Sigmoid", "HardSigmoid").contains(gate.getOpType())
          && gate.getInput(0).equals(x)) {
        return x;
      }
    }
    return null;
  }

  /** Returns the bias that is added to a product; null where there is none. */
  TensorProto biasOf(NodeProto product) {
    for (NodeProto node : makers.values()) {
      if (node.getOpType().equals("Add") && node.getInputList().contains(product.getOutput(0))) {
        return node.getInputList().stream()
            .map(this::tensor)
            .filter(tensor -> tensor != null)
            .findFirst()
            .orElse(null);
      }
    }
    return null;
  }
}
